"""Crafts (密钥种类): what a keyring must know of a kind of key: P-256 for ES256, and SM2."""

from typing import Protocol, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from servicehall.signing import libcrypto, sm2
from servicehall.signing.certifying import PrivateKey

K = TypeVar("K", bound=PrivateKey)
_ES256 = ec.ECDSA(SHA256(), deterministic_signing=True)


class Craft(Protocol[K]):
    """One kind of key: how a pair is made, kept, matched with its certificate, and used."""

    algorithm: str

    def generate(self) -> K:
        """A new key pair."""

    def seal(self, key: K, passphrase: bytes) -> bytes:
        """The private key encrypted, as PKCS #8 in PEM form."""

    def unseal(self, pem: bytes, passphrase: bytes) -> K:
        """The private key. Raises ValueError for another passphrase, TypeError for another kind."""

    def matches(self, key: K, certificate: x509.Certificate) -> bool:
        """Whether *certificate* is for *key*."""

    def sign(self, key: K, content: bytes) -> bytes:
        """The signature r||s (64 bytes)."""


class P256:
    """ECDSA on P-256 with SHA-256, deterministic (RFC 6979)."""

    algorithm = "ES256"

    def generate(self) -> ec.EllipticCurvePrivateKey:
        return ec.generate_private_key(ec.SECP256R1())

    def seal(self, key: ec.EllipticCurvePrivateKey, passphrase: bytes) -> bytes:
        encryption = BestAvailableEncryption(passphrase)
        return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)

    def unseal(self, pem: bytes, passphrase: bytes) -> ec.EllipticCurvePrivateKey:
        key = load_pem_private_key(pem, passphrase)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("not an elliptic curve key")
        return key

    def matches(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> bool:
        return certificate.public_key() == key.public_key()

    def sign(self, key: ec.EllipticCurvePrivateKey, content: bytes) -> bytes:
        return _raw(key.sign(content, _ES256))


class Sm2:
    """SM2 with SM3 by the system's libcrypto (GB/T 32918), the signer's identity the usual one."""

    algorithm = "SM2"

    def generate(self) -> libcrypto.Key:
        return libcrypto.generated()

    def seal(self, key: libcrypto.Key, passphrase: bytes) -> bytes:
        return libcrypto.sealed(key, passphrase)

    def unseal(self, pem: bytes, passphrase: bytes) -> libcrypto.Key:
        return libcrypto.unsealed(pem, passphrase)

    def matches(self, key: libcrypto.Key, certificate: x509.Certificate) -> bool:
        return libcrypto.public(sm2.key_of(certificate)) == libcrypto.public(key)

    def sign(self, key: libcrypto.Key, content: bytes) -> bytes:
        return _raw(libcrypto.signed(key, content))


def _raw(der: bytes) -> bytes:
    r, s = decode_dss_signature(der)
    return r.to_bytes(32) + s.to_bytes(32)
