"""Safe (密钥库): one root and a key for each issuer, of one kind, in files that are never changed."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Generic

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from servicehall.kernel.clock import Clock
from servicehall.kernel.errors import Invalid, Unavailable
from servicehall.kernel.words import N_
from servicehall.signing import certificates, certifying, libcrypto, revocations
from servicehall.signing.crafts import Craft, K
from servicehall.signing.keyring import Keyring, Pair, refusals
from servicehall.signing.signer import Issuer, Pen

_USED = timedelta(days=731)  # then a new key signs, and the last signatures have a year left
_ROOT = "root"
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class _Held(Generic[K]):
    """The pair an issuer signs with, as long as it is young and no file was put into its folder."""

    pair: Pair[K]
    root: bytes
    folder: Path
    put_in: int  # nanoseconds
    since: datetime

    def stands(self, now: datetime) -> bool:
        """Whether it is still the one; another process may have put in a key (``keys rotate``)."""
        return _young(self.since, now) and _put_in(self.folder) == self.put_in


class Safe(Generic[K]):
    """Keys below *folder*: ``root/1.key``, ``root/1.crt``, then one folder for each issuer.

    A new pair is made where the last is used up (two years, or another name of the issuer); what
    older ones signed stays verifiable. In *production* a demonstration root is neither made nor
    used: RuntimeError; ``adopt`` one.
    """

    def __init__(
        self,
        folder: Path,
        passphrase: bytes,
        craft: Craft[K],
        clock: Clock,
        *,
        root_name: str,
        production: bool = False,
    ) -> None:
        self.craft, self._folder, self._clock = craft, folder, clock
        self._keyring = Keyring(folder, passphrase, craft)
        self._root_name, self._production = root_name, production
        self._held: dict[Issuer, _Held[K]] = {}
        self._seen: tuple[int, tuple[bytes, ...]] = (0, ())
        self._lock = threading.Lock()
        if production and any(map(certificates.is_demo, self._keyring.certificates(_ROOT))):
            raise RuntimeError(f"production mode refuses the demonstration root in {folder}")

    def roots(self) -> tuple[bytes, ...]:
        """Every root certificate there is, newest first; none is made."""
        with refusals():
            folder = self._folder / _ROOT
            changed = folder.stat().st_mtime_ns if folder.exists() else 0
        if self._seen[0] != changed:
            found = self._keyring.certificates(_ROOT)
            self._seen = changed, tuple(root.public_bytes(Encoding.DER) for root in found)
        return self._seen[1]

    def rooted(self) -> tuple[bytes, ...]:
        """The same, once there is one."""
        if found := self.roots():
            return found
        with self._lock:
            return (self._root(self._clock.now()).der,)

    def adopt(self, key: K, certificate: x509.Certificate) -> None:
        """Take in a root of the operator's own; it makes the leaves from now on."""
        with self._lock:
            self._keyring.add(_ROOT, Pair(key, certificate))
            self._held.clear()

    def certificates(self, issuer: Issuer) -> list[x509.Certificate]:
        """Every certificate *issuer* ever had, newest first; none is made."""
        return self._keyring.certificates(_place(issuer))

    def pair(self, issuer: Issuer) -> tuple[Pair[K], bytes]:
        """The pair *issuer* signs with now, and the root above it (DER); made at first need."""
        now = self._clock.now()
        with self._lock:
            held = self._held.get(issuer)
            if held is None or not held.stands(now):
                if not _CODE.fullmatch(issuer.code) or not issuer.name:
                    raise Invalid(N_("签发机构的代码或名称不正确"))
                held = self._keep(issuer, self._open(issuer, now))
            return held.pair, held.root

    def renew(self, issuer: Issuer) -> x509.Certificate:
        """A new key for *issuer*, which signs from now on; old certificates stay (轮换)."""
        now = self._clock.now()
        with self._lock:
            return self._keep(issuer, self._made(issuer, now, lambda held: False)).pair.certificate

    def _keep(self, issuer: Issuer, made: tuple[Pair[K], bytes]) -> _Held[K]:
        (pair, root), folder = made, self._folder / _place(issuer)
        since = pair.certificate.not_valid_before_utc
        held = self._held[issuer] = _Held(pair, root, folder, _put_in(folder), since)
        return held

    def revocations(self, revoked: Mapping[bytes, datetime]) -> bytes:
        """The CRL (DER) of the root of now; *revoked* as in ``signer.Listing``."""
        now = self._clock.now()
        with self._lock:
            root = self._root(now)
        if isinstance(root.key, libcrypto.Key):
            raise Unavailable(N_("国密根证书不公布吊销列表"))
        own = {
            one.serial_number: revoked[digest]
            for one in self._keyring.leaves()
            if (digest := one.fingerprint(SHA256())) in revoked
            and certificates.issued(one, root.certificate)
        }
        return revocations.listed(root.certificate, root.key, own, now=now)

    def _open(self, issuer: Issuer, now: datetime) -> tuple[Pair[K], bytes]:
        return self._made(issuer, now, lambda held: _usable(held, issuer, now))

    def _made(
        self, issuer: Issuer, now: datetime, usable: Callable[[x509.Certificate], bool]
    ) -> tuple[Pair[K], bytes]:
        root = self._root(now)
        pair = self._keyring.newest(
            _place(issuer),
            lambda held: usable(held) and certificates.issued(held, root.certificate),
            lambda key: certifying.make_leaf(root.certificate, root.key, key, issuer, now=now),
        )
        return pair, root.der

    def _root(self, now: datetime) -> Pair[K]:
        """A root that outlives a leaf made now."""

        def usable(root: x509.Certificate) -> bool:
            last = root.not_valid_after_utc - certifying.LEAF_LIFE
            return root.not_valid_before_utc <= now < last

        if self._production and not any(map(usable, self._keyring.certificates(_ROOT))):
            raise RuntimeError(f"production mode needs a root of your own in {self._folder}")
        return self._keyring.newest(
            _ROOT, usable, lambda key: certifying.make_root(key, self._root_name, now=now)
        )


class SafeSigner(Generic[K]):
    """What signers (``signing.signer``) whose keys a safe holds do alike; ``anchors`` is theirs."""

    def __init__(self, safe: Safe[K]) -> None:
        self.safe = safe

    @property
    def algorithm(self) -> str:
        return self.safe.craft.algorithm

    def pen(self, issuer: Issuer) -> Pen:
        pair, root = self.safe.pair(issuer)
        return Pen((pair.der, root), partial(self.safe.craft.sign, pair.key))

    def certificates(self, issuer: Issuer) -> list[bytes]:
        return [one.public_bytes(Encoding.DER) for one in self.safe.certificates(issuer)]

    def renew(self, issuer: Issuer) -> bytes:
        return self.safe.renew(issuer).public_bytes(Encoding.DER)

    def revocations(self, revoked: Mapping[bytes, datetime]) -> bytes:
        return self.safe.revocations(revoked)


def _put_in(folder: Path) -> int:
    """When a file was last put into *folder*, in nanoseconds."""
    with refusals():
        return folder.stat().st_mtime_ns


def _place(issuer: Issuer) -> str:
    return f"{'seals' if issuer.use == 'sealing' else 'issuers'}/{issuer.code}"


def _usable(leaf: x509.Certificate, issuer: Issuer, now: datetime) -> bool:
    return _young(leaf.not_valid_before_utc, now) and certificates.issuer_of(leaf) == issuer


def _young(since: datetime, now: datetime) -> bool:
    return since <= now < since + _USED
