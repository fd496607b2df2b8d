"""Wiring (装配): settings become a Hall. The only module that knows an adapter by name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sqlalchemy import update

from servicehall.city.ledger import Ledger
from servicehall.desk import following
from servicehall.identity.provider import IdentityProvider
from servicehall.kernel import audit, migrating
from servicehall.kernel.clock import Clock, SystemClock
from servicehall.kernel.database import Database, open_database
from servicehall.kernel.mint import Mint
from servicehall.kernel.settings import Settings
from servicehall.kernel.vault import Vault
from servicehall.kernel.work import SYSTEM, Actor, UnitOfWork
from servicehall.licenses import schema
from servicehall.licenses.schema import LicenseTypes
from servicehall.licenses.statuslist import StatusLists
from servicehall.limiting.limiter import Limiter
from servicehall.notices.notifier import Notifier
from servicehall.payments.channel import PaymentProvider
from servicehall.printing.press import Press
from servicehall.quality.extracts import Extracts
from servicehall.registries.connector import RegistryConnector
from servicehall.registries.dialects import Dialect, National, Own
from servicehall.registries.fanout import Asker
from servicehall.registries.xroad import XRoad
from servicehall.signing import certificates
from servicehall.signing.signer import Signer, Sm2Signer
from servicehall.signing.stamper import Stamper
from servicehall.standard import bundles, levels
from servicehall.standard.bundles import Bundles
from servicehall.standard.levels import Directory
from servicehall.storage.store import FileStore
from servicehall.tables import METADATA
from servicehall.transparency import checkpoints
from servicehall.transparency.checkpoints import AUDITOR, LICENSES, Checkpoints, LicenseHeads
from servicehall.waking.bell import Bell

T = TypeVar("T")
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Service = Callable[[bytes, Callable[[str, str], list[dict[str, str]]], Signer], Wsgi]
REQUESTER = "servicehall"
CHECKPOINTS, LICENSE_HEADS = "checkpoints.jws", "license-heads.jws"


@dataclass(frozen=True, slots=True)
class Hall:
    """Everything one running hall holds."""

    settings: Settings
    database: Database
    clock: Clock
    adapters: Mapping[type, Any]
    checkpoints: Checkpoints

    def work(self, actor: Actor) -> UnitOfWork:
        """A unit of work for *actor*; commits leave signed checkpoints outside the database."""
        return UnitOfWork(self.database, actor, self.clock, self.adapters, self.checkpoints)

    def failures(self) -> list[str]:
        """Which engine does not do its work right now (readiness), empty if all do."""
        probes = {"database": self._writes, "storage": self._stores, "signer": self._signs}
        return [name for name, probe in probes.items() if not _succeeds(probe)]

    def heads(self) -> list[audit.Head]:
        """The signed heads kept outside the database. Raises ValueError naming a bad line."""
        path, signing = self.settings.folder / CHECKPOINTS, self.adapters[Signer]
        return checkpoints.read(path, signing.anchors())

    def license_heads(self) -> list[audit.Head]:
        """The same of the license log."""
        path, signing = self.settings.folder / LICENSE_HEADS, self.adapters[Signer]
        return checkpoints.read(path, signing.anchors(), LICENSES)

    def close(self) -> None:
        """Give back the connections of the database and of every engine that holds some."""
        self.database.close()
        for adapter in self.adapters.values():
            getattr(adapter, "close", lambda: None)()

    def _writes(self) -> None:
        with self.work(SYSTEM) as work:  # takes the writers' lock, writes, and takes it back
            work.session.execute(update(audit.AuditHead).values(length=audit.AuditHead.length))
            work.rollback()

    def _stores(self) -> None:
        self.adapters[FileStore].keep(f"probe/{self.clock.now():%Y%m%d%H}", b"ready")

    def _signs(self) -> None:
        self.adapters[Signer].pen(AUDITOR).sign(b"ready")


def open_hall(settings: Settings, clock: Clock | None = None, *, registry_service: Service) -> Hall:
    """The hall of *settings*, its database migrated.

    *registry_service* makes the embedded registry's WSGI application for a shared key, what the
    registry holds and who signs its answers.
    """
    METADATA.tables  # noqa: B018 - every table is known before the first query
    vault = Vault.open(settings.folder / "keys")
    clock, home = clock or SystemClock(), Path(settings.home)
    signing = signer(settings, vault, clock)  # first: a PIN that is refused leaves nothing open
    database = open_database(settings.engine("database"), vault)
    migrating.upgrade(database)
    following.attach(database)
    keep = Checkpoints(settings.folder / CHECKPOINTS, signing, clock)
    adapters: dict[type, Any] = {
        Checkpoints: keep,
        LicenseHeads: LicenseHeads(settings.folder / LICENSE_HEADS, signing, clock),
        StatusLists: StatusLists(),
        Mint: Mint(vault.key("mint")),
        FileStore: store(settings.engine("storage")),
        Signer: signing,
        Sm2Signer: sm2_signer(settings, vault, clock),
        Stamper: stamper(settings, signing, clock),
        RegistryConnector: registry(settings, vault, signing, registry_service),
        Extracts: extracts(settings),
        PaymentProvider: payment(settings.payment_url),
        Notifier: notifier(settings.notifier_url),
        IdentityProvider: identity(settings.identity_url),
        Limiter: limiter(settings.cache_url),
        Bell: bell(settings.queue_url),
        LicenseTypes: LicenseTypes(schema.read(home / "licenses")),
        Directory: levels.load(home / "items" / "directory"),
        Bundles: Bundles(bundles.read(home / "items" / "bundles")),
        Press: Press(home / "static" / "fonts", settings.address, demo=settings.mode == "demo"),
    }
    return Hall(settings, database, clock, adapters, keep)


def store(url: str) -> FileStore:
    if urlsplit(url).scheme == "file":
        from servicehall.storage.adapters.disk import DiskStore

        return DiskStore(_folder(url))
    return _elsewhere(FileStore, url)


def signer(settings: Settings, vault: Vault, clock: Clock) -> Signer:
    """Who signs with ES256; the roots of those who sign with SM2 are believed as well."""
    from servicehall.signing.adapters.software import SoftwareSigner

    url, besides = settings.engine("signer"), sm2_signer(settings, vault, clock).anchors
    key, real = vault.key("signer:passphrase"), settings.mode == "production"
    match urlsplit(url).scheme:
        case "file":
            return SoftwareSigner(_folder(url), key, clock, production=real, besides=besides)
        case "pkcs11":
            from servicehall.signing.adapters.token import TokenSigner

            at, pin = settings.folder / "keys", settings.signer_pin
            files = SoftwareSigner(at, key, clock, production=real)  # of the time before the token
            return TokenSigner(url, pin, at / "token", vault.key("signer:pin"), clock, production=real,
                               besides=lambda: files.safe.roots() + besides())  # fmt: skip
    return _elsewhere(Signer, url)


def sm2_signer(settings: Settings, vault: Vault, clock: Clock) -> Sm2Signer:
    """Who signs with SM2, in files beside the others whatever signs with ES256."""
    from servicehall.signing.adapters.software import SoftwareSm2Signer

    key, production = vault.key("signer:passphrase"), settings.mode == "production"
    return SoftwareSm2Signer(settings.folder / "keys" / "sm2", key, clock, production=production)


def stamper(settings: Settings, signing: Signer, clock: Clock) -> Stamper:
    url = settings.timestamp_url
    match urlsplit(url).scheme:
        case "local":
            from servicehall.signing.adapters.authority import LocalAuthority

            return LocalAuthority(signing, clock)
        case "http" | "https":
            from servicehall.signing.adapters.remote import RemoteAuthority

            return RemoteAuthority(url, certificates.read_roots(Path(settings.timestamp_roots)))
    return _elsewhere(Stamper, url)


def registry(
    settings: Settings, vault: Vault, signing: Signer, service: Service
) -> RegistryConnector:
    url, anchors = settings.registry_url, registry_roots(settings, signing)
    match urlsplit(url).scheme:
        case "embedded":
            from servicehall.registries.adapters.embedded import EmbeddedConnector

            key, ledger = vault.key("registry:embedded"), Ledger.open(settings.folder)
            answers = service(key, ledger.records, signing)
            asker = Asker(Own(REQUESTER, key), anchors)
            return EmbeddedConnector(answers, asker, closing=ledger.close)
        case "http" | "https":
            return _exchange(url, Own, anchors)
        case "national+http" | "national+https":
            return _exchange(url, National, anchors)
        case "xroad+http" | "xroad+https":
            return _exchange(url, XRoad, anchors)
    return _elsewhere(RegistryConnector, url)


def _exchange(
    url: str, dialect: Callable[[str, bytes], Dialect], anchors: Callable[[], tuple[bytes, ...]]
) -> RegistryConnector:
    from servicehall.registries.adapters.exchange import ExchangeConnector

    return ExchangeConnector(url, dialect, anchors)


def registry_roots(settings: Settings, signing: Signer) -> Callable[[], tuple[bytes, ...]]:
    """Whose departments' answers are believed: those of ``registry_roots``, or of our own root."""
    if not (path := settings.registry_roots):
        return signing.anchors
    found = certificates.read_roots(Path(path))
    return lambda: found


def extracts(settings: Settings) -> Extracts:
    """The registers that can be compared as a whole: the demo city's; a real platform compares itself."""
    if urlsplit(settings.registry_url).scheme == "embedded":
        return Ledger.open(settings.folder)
    from servicehall.quality.adapters.absent import AbsentExtracts

    return AbsentExtracts()


def payment(url: str) -> PaymentProvider:
    if urlsplit(url).scheme == "window":
        from servicehall.payments.adapters.window import WindowPayment

        return WindowPayment()
    return _elsewhere(PaymentProvider, url)


def notifier(url: str) -> Notifier:
    match urlsplit(url).scheme:
        case "inbox":
            from servicehall.notices.adapters.inbox import InboxNotifier

            return InboxNotifier()
    return _elsewhere(Notifier, url)


def identity(url: str) -> IdentityProvider:
    match urlsplit(url).scheme:
        case "local":
            from servicehall.identity.adapters.local import LocalProvider

            return LocalProvider()
    return _elsewhere(IdentityProvider, url)


def limiter(url: str) -> Limiter:
    if urlsplit(url).scheme in ("memory", "redis", "rediss"):
        from servicehall.limiting.adapters.counters import Counters

        return Counters(url)
    return _elsewhere(Limiter, url)


def bell(url: str) -> Bell:
    match urlsplit(url).scheme:
        case "database":
            from servicehall.waking.adapters.pausing import Pause

            return Pause()
        case "redis" | "rediss":
            from servicehall.waking.adapters.broker import Broker

            return Broker(url)
    return _elsewhere(Bell, url)


def _folder(url: str) -> Path:
    """The folder of a ``file://`` URL as it is written: names may hold ``#`` and blanks."""
    return Path(url.removeprefix("file://"))


def _elsewhere(port: type[T], url: str) -> T:
    """A province's own adapter, installed under the entry point group ``servicehall.adapters``."""
    name = f"{port.__name__}.{urlsplit(url).scheme}"
    for point in entry_points(group="servicehall.adapters", name=name):
        adapter: T = point.load()(url)
        return adapter
    raise ValueError(f"no adapter {name} for {urlsplit(url).scheme}://")


def _succeeds(probe: Callable[[], None]) -> bool:
    try:
        probe()
        return True
    except Exception:
        return False
