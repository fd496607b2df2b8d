"""Port: Signer (签名服务). Every issuer signs with a key of its own, certified by one root."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

Use = Literal["signing", "timestamping", "sealing"]


class Issuer(NamedTuple):
    """Who signs (签发主体): the credit code of a department, or a service's name, and its name.

    A certificate is for one ``use`` only: what a timestamp authority signs is nothing but timestamps,
    what a seal signs is nothing but sealed documents.
    """

    code: str
    name: str
    use: Use = "signing"


class Pen(NamedTuple):
    """What an issuer signs with now: one key and its certificates, whatever is renewed meanwhile."""

    chain: tuple[bytes, ...]  # certificates (DER), leaf first, root last
    sign: Callable[[bytes], bytes]  # content to the signature r||s (64 bytes)


class Signer(Protocol):
    """Signs bytes. Raises Unavailable while the keys cannot be reached, and so does its ``Pen``."""

    @property
    def algorithm(self) -> str:
        """What signatures are: ``ES256``, ECDSA on P-256 with SHA-256 (RFC 7518 3.4)."""

    def pen(self, issuer: Issuer) -> Pen:
        """What *issuer* signs with now; made at first need. With keys in files the signature is the
        same for the same content (RFC 6979)."""

    def anchors(self) -> tuple[bytes, ...]:
        """Every root certificate (DER) whose issuers are to be believed, past ones included."""


@runtime_checkable
class Keeper(Protocol):
    """A signer whose keys the hall itself makes and changes (密钥管理)."""

    def certificates(self, issuer: Issuer) -> list[bytes]:
        """Every certificate (DER) *issuer* ever had, newest first; none is made."""

    def renew(self, issuer: Issuer) -> bytes:
        """A new key and certificate (DER) for *issuer*, which signs from now on (轮换)."""


@runtime_checkable
class Listing(Protocol):
    """A signer whose root says which certificates hold no longer (证书吊销列表)."""

    def revocations(self, revoked: Mapping[bytes, datetime]) -> bytes:
        """The CRL (DER, RFC 5280) of the root that signs now: of *revoked*, certificates by their
        SHA-256 and since when, those that it gave out."""


@runtime_checkable
class Adopting(Protocol):
    """A signer that can take in a root of the operator's own."""

    def adopt(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        """It makes the leaves from now on; older roots stay believed."""


class Sm2Signer(Signer, Protocol):
    """Signs with SM2 and SM3 (GB/T 32918, 32905), beside ES256 or in documents that demand it.

    ``pen`` as in Signer, the signature new each time. ``anchors`` are its own roots only. Raises
    Unavailable where nothing can sign so.
    """

    def holds(self, issuer: Issuer) -> bool:
        """Whether *issuer* was given such a key: what it signs with ES256 it then signs twice."""
