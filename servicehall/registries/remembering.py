"""Remembering (防重放): a registry answers each call once, however often it is sent."""

from datetime import datetime
from threading import Lock

from servicehall.registries.protocol import SKEW


class Repeated(Exception):
    """This call was answered already, or perhaps was before the service started."""


class Answered:
    """The calls answered so far, each kept as long as its time could still be taken for now.

    What was asked before the service started at *since* is refused: nobody here knows whether it
    was answered already.
    """

    def __init__(self, since: datetime) -> None:
        self._since = since.replace(microsecond=0)  # times are sent in whole seconds
        self._calls: dict[tuple[str, str], datetime] = {}
        self._swept = self._since
        self._lock = Lock()

    def once(self, requester: str, call: str, *, at: datetime, now: datetime) -> None:
        """*requester* put *call* at the time *at*. Raises Repeated for the second time."""
        if at < self._since:
            raise Repeated("asked before this service started")
        with self._lock:
            self._sweep(now)
            if (requester, call) in self._calls:
                raise Repeated("this call was answered already")
            self._calls[requester, call] = at

    def _sweep(self, now: datetime) -> None:
        """Forget what is too old to be taken for now; once in a while, so that it costs nothing."""
        if now - self._swept > SKEW:
            self._swept = now
            self._calls = {k: at for k, at in self._calls.items() if now - at <= SKEW}
