"""Breakers (熔断): a registry that fails again and again is left alone for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
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

    @contextmanager
    def guard(self, name: str) -> Iterator[None]:
        """What is done inside counts as a failure if it raises. Raises Resting while open."""
        with self._lock:
            breaker = self._kept.get_breaker(name)
            try:
                breaker.__enter__()
            except OpenedState:
                raise Resting("not asked: it failed too often a moment ago") from None
        failure: BaseException | None = None
        try:
            yield
        except BaseException as error:
            failure = error
            raise
        finally:
            with self._lock:
                breaker.__exit__(type(failure) if failure else None, failure, None)
