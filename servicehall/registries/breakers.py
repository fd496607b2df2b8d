"""Breakers (熔断): a registry that fails again and again is left alone for a while."""

from threading import Lock

from purgatory import SyncCircuitBreakerFactory
from purgatory.domain.model import OpenedState

FAILURES, REST_SECONDS = 5, 30.0


class Resting(Exception):
    """Nobody was asked: the registry failed too often a moment ago."""


class Breakers:
    """One breaker for each name. After *failures* in a row nobody is asked for *rest* seconds; then
    the next question tries, and one answer closes the breaker again.

    The library keeps the states; the lock is held while they change, never during a question.
    """

    def __init__(self, failures: int = FAILURES, rest: float = REST_SECONDS) -> None:
        self._kept = SyncCircuitBreakerFactory(default_threshold=failures, default_ttl=rest)
        self._lock = Lock()

    def ask(self, name: str) -> None:
        """*name* is about to be asked; ``told`` follows. Raises Resting while it is left alone."""
        with self._lock:
            try:
                self._kept.get_breaker(name).__enter__()
            except OpenedState:
                raise Resting("not asked: it failed too often a moment ago") from None

    def told(self, name: str, failure: BaseException | None) -> None:
        """What became of asking *name*: None for an answer, or why there is none."""
        with self._lock:
            kind = type(failure) if failure is not None else None
            self._kept.get_breaker(name).__exit__(kind, failure, None)
