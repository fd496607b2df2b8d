"""Counters (计数器): wrong guesses in this process's memory, or in Redis for several processes."""

import structlog
from limits import RateLimitItemPerSecond, storage
from limits.strategies import MovingWindowRateLimiter

from servicehall.limiting.limiter import MOST, PERIOD

log = structlog.get_logger()


class Counters:
    """The counters of ``memory://`` (each web process its own) or ``redis://host:port/0``.

    A Redis that does not answer lets everybody through: the tries of each login name are counted
    in the database (identity.tries), and a hall that turns everybody away is the greater harm.
    """

    def __init__(self, url: str) -> None:
        held = storage.storage_from_string(url)
        self._windows = MovingWindowRateLimiter(held)
        self._errors = held.base_exceptions
        self._limit = RateLimitItemPerSecond(MOST, PERIOD, namespace="hall")

    def wait(self, door: str, who: str) -> int:
        """The whole period where there were too many: by then all of them are forgotten."""
        try:
            return 0 if self._windows.test(self._limit, door, who) else PERIOD
        except self._errors:
            log.warning("limiter.silent", door=door)
            return 0

    def failed(self, door: str, who: str) -> None:
        """Count one wrong guess."""
        try:
            self._windows.hit(self._limit, door, who)
        except self._errors:
            log.warning("limiter.silent", door=door)
