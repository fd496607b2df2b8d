"""Port: Stamper (时间戳服务). An authority vouches that these bytes were there at a time (RFC 3161)."""

from typing import Protocol


class Stamper(Protocol):
    """Stamps digests. Raises Unavailable while the authority cannot be reached."""

    def stamp(self, digest: bytes) -> bytes:
        """A TimeStampToken (DER) over *digest*, a SHA-256, with the authority's certificate."""

    def anchors(self) -> tuple[bytes, ...]:
        """The root certificates (DER) under which its tokens are to be believed."""
