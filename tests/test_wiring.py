"""Wiring: settings become engines; an unknown one is named; readiness tells which engine fails."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from servicehall import factory, wiring
from servicehall.identity.provider import IdentityProvider
from servicehall.kernel.errors import Unavailable
from servicehall.kernel.mint import Mint
from servicehall.kernel.settings import Settings
from servicehall.kernel.vault import Vault
from servicehall.kernel.work import SYSTEM
from servicehall.licenses.schema import LicenseTypes
from servicehall.licenses.statuslist import StatusLists
from servicehall.limiting.limiter import Limiter
from servicehall.notices.notifier import Notifier
from servicehall.payments.channel import PaymentProvider
from servicehall.printing.press import Press
from servicehall.quality.extracts import Extracts
from servicehall.registries.adapters.exchange import ExchangeConnector
from servicehall.registries.connector import RegistryConnector
from servicehall.registries.dialects import National, Own
from servicehall.registries.xroad import XRoad
from servicehall.signing import certifying
from servicehall.signing.signer import Signer, Sm2Signer
from servicehall.signing.stamper import Stamper
from servicehall.standard.bundles import Bundles
from servicehall.standard.levels import Directory
from servicehall.storage.store import FileStore
from servicehall.transparency.checkpoints import Checkpoints, LicenseHeads
from servicehall.waking.bell import Bell
from servicehall.wiring import Hall
from tests.builders import NOON, StillClock

PORTS = {
    FileStore, Signer, RegistryConnector, PaymentProvider, Notifier, IdentityProvider,
    LicenseTypes, Press, Limiter, Bell, Bundles, Directory, Checkpoints, Stamper, Extracts,
    StatusLists, Mint, Sm2Signer, LicenseHeads,
}  # fmt: skip


class Broken:
    """An engine that refuses every act."""

    def keep(self, key: str, content: bytes) -> bytes:
        raise Unavailable("no disk")

    def pen(self, issuer: object) -> object:
        raise OSError("no signer")


def test_every_port_has_an_engine(hall: Hall) -> None:
    assert set(hall.adapters) == PORTS
    assert hall.failures() == []


@pytest.mark.parametrize(("port", "name"), [(FileStore, "storage"), (Signer, "signer")])
def test_readiness_names_the_engine_that_fails(hall: Hall, port: type, name: str) -> None:
    ill = replace(hall, adapters={**hall.adapters, port: Broken()})
    assert ill.failures() == [name]


def test_readiness_names_the_database(hall: Hall) -> None:
    with hall.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE audit_head")
    assert hall.failures() == ["database"]


@pytest.mark.parametrize(
    ("make", "port"),
    [(wiring.store, "FileStore"), (wiring.payment, "PaymentProvider"),
     (wiring.notifier, "Notifier"), (wiring.identity, "IdentityProvider"),
     (wiring.limiter, "Limiter"), (wiring.bell, "Bell")],
)  # fmt: skip
def test_an_engine_nobody_installed_is_named_without_its_secrets(make: Any, port: str) -> None:
    with pytest.raises(ValueError, match=rf"no adapter {port}\.moon for moon://") as refused:
        make("moon://user:secret@crater/sea")
    assert "secret" not in str(refused.value)


def test_an_installed_adapter_is_found_by_port_and_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    def installed(*, group: str, name: str) -> list[SimpleNamespace]:
        assert (group, name) == ("servicehall.adapters", "Notifier.sms")
        return [SimpleNamespace(load=lambda: lambda url: ("made for", url))]

    monkeypatch.setattr(wiring, "entry_points", installed)
    assert wiring.notifier("sms://gate") == ("made for", "sms://gate")


@pytest.mark.parametrize(
    ("scheme", "dialect"),
    [("https", Own), ("http", Own), ("national+https", National), ("xroad+https", XRoad)],
)
def test_the_scheme_says_how_a_far_registry_is_asked(
    tmp_path: Path, scheme: str, dialect: type
) -> None:
    made = asking(tmp_path, f"{scheme}://hall:key@exchange.invalid")
    assert isinstance(made, ExchangeConnector)
    assert made.asker.dialect == dialect("hall", b"key")
    assert made.asker.anchors() == (b"root",)


def test_a_registry_nobody_installed_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="RegistryConnector"):
        asking(tmp_path, "moon://")


def test_registries_may_sign_under_roots_of_their_own(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    root = certifying.make_root(key, "共享平台根证书", now=NOON)
    file = tmp_path / "roots.pem"
    file.write_bytes(root.public_bytes(Encoding.PEM))
    made = asking(tmp_path, "https://hall:key@exchange.invalid", roots=str(file))
    assert made.asker.anchors() == (root.public_bytes(Encoding.DER),)
    file.write_text("nothing")
    with pytest.raises(ValueError, match=r"roots\.pem: no certificate"):
        asking(tmp_path, "https://hall:key@exchange.invalid", roots=str(file))


def test_timestamps_embedded_or_far(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    root = certifying.make_root(key, "时间戳根证书", now=NOON)
    file = tmp_path / "roots.pem"
    file.write_bytes(root.public_bytes(Encoding.PEM))
    signing: Any = SimpleNamespace(anchors=lambda: (b"root",))
    clock = StillClock()
    assert wiring.stamper(Settings(), signing, clock).anchors() == (b"root",)
    far = Settings(timestamp_url="https://tsa.invalid/", timestamp_roots=str(file))
    assert wiring.stamper(far, signing, clock).anchors() == (root.public_bytes(Encoding.DER),)
    with pytest.raises(ValueError, match="no adapter Stamper"):
        wiring.stamper(Settings(timestamp_url="moon://"), signing, clock)


def asking(folder: Path, url: str, *, roots: str = "") -> Any:
    """What asks registries at *url*; the hall's own signer trusts one root."""

    def unused(key: bytes, records: object, signing: object) -> Any:
        raise AssertionError(key, records, signing)

    settings = Settings(data=str(folder), registry_url=url, registry_roots=roots)
    signing: Any = SimpleNamespace(anchors=lambda: (b"root",))
    return wiring.registry(settings, Vault.open(folder), signing, unused)


def test_a_folder_of_any_name_holds_a_hall(tmp_path: Path) -> None:
    folder = tmp_path / "数据 文件夹#1"
    with_odd_name = Settings(data=str(folder))
    hall = factory.open_hall(with_odd_name, StillClock())
    assert hall.failures() == []
    assert (folder / "files" / "probe").exists()
    hall.close()


def test_commits_leave_signed_heads_outside_the_database(hall: Hall) -> None:
    with hall.work(SYSTEM) as work:
        work.record("test.done", "nothing")
        work.commit()
    assert hall.heads()
