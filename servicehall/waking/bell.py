"""Bell (唤醒铃): the port between the acts that leave work behind and the worker that does it."""

from typing import Protocol


class Bell(Protocol):
    """Carries no work, only that there is some: a lost ring delays it by one pause, no more."""

    def ring(self) -> None:
        """Wake a worker that waits; never raises, never waits."""
        ...

    def wait(self, seconds: float) -> None:
        """Return when it rings, at the latest after *seconds*."""
        ...
