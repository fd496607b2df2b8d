"""Stamper with a key of the hall's own signer (embedded): a small timestamp authority in process."""

from servicehall.kernel.clock import Clock
from servicehall.signing import certificates, timestamps
from servicehall.signing.signer import Issuer, Signer

TSA = Issuer("TSA", "政务服务大厅时间戳服务", "timestamping")


class LocalAuthority:
    """Stamps with the time of *clock* and the key that *signer* keeps for it."""

    def __init__(self, signer: Signer, clock: Clock) -> None:
        self._signer, self._clock = signer, clock

    def stamp(self, digest: bytes) -> bytes:
        now = self._clock.now()
        certificates.refuse_outside(self._signer.pen(TSA).chain[0], now)
        return timestamps.made(digest, self._signer, TSA, now=now)

    def anchors(self) -> tuple[bytes, ...]:
        return self._signer.anchors()
