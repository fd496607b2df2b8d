"""Safe (密钥库): one root and a key for each issuer, of one kind, in files that are never changed."""

import re
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
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
from servicehall.signing.signer import Issuer

_USED = timedelta(days=731)  # then a new key signs, and the last signatures have a year left
_ROOT = "root"
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,63}")


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
        self._held: dict[Issuer, tuple[Pair[K], bytes, int]] = {}
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
            if (
                held is None
                or not _young(held[0].certificate, now)
                or self._changed(issuer, held[2])
            ):
                if not _CODE.fullmatch(issuer.code) or not issuer.name:
                    raise Invalid(N_("签发机构的代码或名称不正确"))
                held = self._keep(issuer, self._open(issuer, now))
            return held[:2]

    def renew(self, issuer: Issuer) -> x509.Certificate:
        """A new key for *issuer*, which signs from now on; old certificates stay (轮换)."""
        now = self._clock.now()
        with self._lock:
            return self._keep(issuer, self._made(issuer, now, lambda held: False))[0].certificate

    def _keep(self, issuer: Issuer, pair: tuple[Pair[K], bytes]) -> tuple[Pair[K], bytes, int]:
        held = self._held[issuer] = (*pair, self._put_in(issuer))
        return held

    def _changed(self, issuer: Issuer, then: int) -> bool:
        """Whether another process put a new key into the issuer's folder (``keys rotate``)."""
        return self._put_in(issuer) != then

    def _put_in(self, issuer: Issuer) -> int:
        """When a file was last put into the issuer's folder, in nanoseconds."""
        with refusals():
            return (self._folder / _place(issuer)).stat().st_mtime_ns

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

    def sign(self, issuer: Issuer, content: bytes) -> bytes:
        return self.safe.craft.sign(self.safe.pair(issuer)[0].key, content)

    def chain(self, issuer: Issuer) -> tuple[bytes, ...]:
        pair, root = self.safe.pair(issuer)
        return pair.der, root

    def certificates(self, issuer: Issuer) -> list[bytes]:
        return [one.public_bytes(Encoding.DER) for one in self.safe.certificates(issuer)]

    def renew(self, issuer: Issuer) -> bytes:
        return self.safe.renew(issuer).public_bytes(Encoding.DER)

    def revocations(self, revoked: Mapping[bytes, datetime]) -> bytes:
        return self.safe.revocations(revoked)


def _place(issuer: Issuer) -> str:
    return f"{'seals' if issuer.use == 'sealing' else 'issuers'}/{issuer.code}"


def _usable(leaf: x509.Certificate, issuer: Issuer, now: datetime) -> bool:
    return _young(leaf, now) and certificates.issuer_of(leaf) == issuer


def _young(leaf: x509.Certificate, now: datetime) -> bool:
    start = leaf.not_valid_before_utc
    return start <= now < start + _USED
