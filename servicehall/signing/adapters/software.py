"""Signers with keys in files (embedded), encrypted at rest, made when first needed: ES256 and SM2."""

import hmac
from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from servicehall.kernel.clock import Clock
from servicehall.signing import libcrypto
from servicehall.signing.crafts import P256, Sm2
from servicehall.signing.safe import Safe, SafeSigner
from servicehall.signing.signer import Issuer

_ROOT_NAME = "示范(演示)政务服务大厅根证书"
_SM2_ROOT_NAME = "示范(演示)政务服务大厅国密根证书"


class SoftwareSigner(SafeSigner[ec.EllipticCurvePrivateKey]):
    """ES256 with the keys below *folder* (``signing.safe``); *besides* are roots believed as well.

    *secret* (32 bytes) gives the passphrase of the key files. In *production* a demonstration root
    is neither made nor used: RuntimeError; ``adopt`` one.
    """

    def __init__(
        self,
        folder: Path,
        secret: bytes,
        clock: Clock,
        *,
        production: bool = False,
        besides: Callable[[], tuple[bytes, ...]] = tuple,
    ) -> None:
        super().__init__(
            Safe(folder, _passphrase(secret), P256(), clock,
                 root_name=_ROOT_NAME, production=production)
        )  # fmt: skip
        self._besides = besides

    def anchors(self) -> tuple[bytes, ...]:
        return self.safe.rooted() + self._besides()

    def adopt(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        """Take in a root of the operator's own; it makes the leaves from now on."""
        self.safe.adopt(key, certificate)


class SoftwareSm2Signer(SafeSigner[libcrypto.Key]):
    """SM2 with the keys below *folder*, by the system's libcrypto; the same rules.

    Raises Unavailable from ``sign`` and ``chain`` where libcrypto has no SM2.
    """

    def __init__(
        self, folder: Path, secret: bytes, clock: Clock, *, production: bool = False
    ) -> None:
        super().__init__(
            Safe(folder, _passphrase(secret), Sm2(), clock,
                 root_name=_SM2_ROOT_NAME, production=production)
        )  # fmt: skip

    def anchors(self) -> tuple[bytes, ...]:
        return self.safe.roots()

    def holds(self, issuer: Issuer) -> bool:
        return bool(self.safe.certificates(issuer)) and libcrypto.available()


def _passphrase(secret: bytes) -> bytes:
    return hmac.digest(secret, b"servicehall key files", "sha256").hex().encode()
