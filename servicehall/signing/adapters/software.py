"""Signer with keys in files (embedded): P-256, encrypted at rest, made when first needed."""

import hmac
import re
import threading
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from servicehall.kernel.clock import Clock
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.signing import certificates
from servicehall.signing.keyring import Keyring, Pair
from servicehall.signing.signer import Issuer

_USED = timedelta(days=731)  # then a new key signs, and the last signatures have a year left
_ROOT = "root"
_ROOT_NAME = "示范(演示)政务服务大厅根证书"
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,63}")
_ES256 = ec.ECDSA(SHA256(), deterministic_signing=True)


class SoftwareSigner:
    """Keys below *folder*: ``root/1.key``, ``root/1.crt``, then one folder for each issuer.

    *secret* (32 bytes) gives the passphrase of the key files. A new pair is made where the last
    is used up (two years, or another name of the issuer); what older ones signed stays verifiable.
    In *production* a demonstration root is neither made nor used: RuntimeError; ``adopt`` one.
    """

    def __init__(
        self, folder: Path, secret: bytes, clock: Clock, *, production: bool = False
    ) -> None:
        passphrase = hmac.digest(secret, b"servicehall key files", "sha256").hex().encode()
        self._keyring, self._folder = Keyring(folder, passphrase), folder
        self._clock, self._production = clock, production
        self._held: dict[Issuer, tuple[Pair, bytes]] = {}
        self._lock = threading.Lock()
        if production and any(map(certificates.is_demo, self._keyring.certificates(_ROOT))):
            raise RuntimeError(f"production mode refuses the demonstration root in {folder}")

    @property
    def algorithm(self) -> str:
        return "ES256"

    def sign(self, issuer: Issuer, content: bytes) -> bytes:
        pair, _ = self._pair(issuer)
        r, s = decode_dss_signature(pair.key.sign(content, _ES256))
        return r.to_bytes(32) + s.to_bytes(32)

    def chain(self, issuer: Issuer) -> tuple[bytes, ...]:
        pair, root = self._pair(issuer)
        return pair.der, root

    def anchors(self) -> tuple[bytes, ...]:
        if not (roots := self._keyring.certificates(_ROOT)):
            with self._lock:
                roots = [self._root(self._clock.now()).certificate]
        return tuple(root.public_bytes(Encoding.DER) for root in roots)

    def adopt(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        """Take in a root of the operator's own; it makes the leaves from now on."""
        with self._lock:
            self._keyring.add(_ROOT, Pair(key, certificate))
            self._held.clear()

    def _pair(self, issuer: Issuer) -> tuple[Pair, bytes]:
        if not _CODE.fullmatch(issuer.code) or not issuer.name:
            raise Invalid(N_("签发机构的代码或名称不正确"))
        now = self._clock.now()
        with self._lock:
            held = self._held.get(issuer)
            if held is None or not _usable(held[0].certificate, issuer, now):
                held = self._held[issuer] = self._open(issuer, now)
            return held

    def _open(self, issuer: Issuer, now: datetime) -> tuple[Pair, bytes]:
        root = self._root(now)
        pair = self._keyring.newest(
            f"issuers/{issuer.code}",
            lambda held: _usable(held, issuer, now) and certificates.issued(held, root.certificate),
            lambda key: certificates.make_leaf(
                root.certificate, root.key, key.public_key(), issuer, now=now
            ),
        )
        return pair, root.der

    def _root(self, now: datetime) -> Pair:
        """A root that outlives a leaf made now."""

        def usable(root: x509.Certificate) -> bool:
            last = root.not_valid_after_utc - certificates.LEAF_LIFE
            return root.not_valid_before_utc <= now < last

        if self._production and not any(map(usable, self._keyring.certificates(_ROOT))):
            raise RuntimeError(f"production mode needs a root of your own in {self._folder}")
        return self._keyring.newest(
            _ROOT, usable, lambda key: certificates.make_root(key, _ROOT_NAME, now=now)
        )


def _usable(leaf: x509.Certificate, issuer: Issuer, now: datetime) -> bool:
    start = leaf.not_valid_before_utc
    return start <= now < start + _USED and certificates.issuer_of(leaf) == issuer
