"""Port: Signer (签名服务). Every issuer signs with a key of its own, certified by one root."""

from typing import Literal, NamedTuple, Protocol

Use = Literal["signing", "timestamping"]


class Issuer(NamedTuple):
    """Who signs (签发主体): the credit code of a department, or a service's name, and its name.

    A certificate is for one ``use`` only: what a timestamp authority signs is nothing but timestamps.
    """

    code: str
    name: str
    use: Use = "signing"


class Signer(Protocol):
    """Signs bytes. Raises Unavailable while the keys cannot be reached."""

    @property
    def algorithm(self) -> str:
        """What signatures are: ``ES256``, ECDSA on P-256 with SHA-256 (RFC 7518 3.4)."""

    def sign(self, issuer: Issuer, content: bytes) -> bytes:
        """The signature r||s (64 bytes); the same for the same content (RFC 6979)."""

    def chain(self, issuer: Issuer) -> tuple[bytes, ...]:
        """The DER certificates ``sign`` signs under now, leaf first, root last."""

    def anchors(self) -> tuple[bytes, ...]:
        """Every root certificate (DER) whose issuers are to be believed, past ones included."""
