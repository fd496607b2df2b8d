"""Limiter (限流器): the port behind which wrong guesses are counted."""

from typing import Protocol

MOST = 60  # wrong guesses that are free
PERIOD = 600  # seconds within which they are counted


class Limiter(Protocol):
    """Counts wrong guesses by door and by who made them; a lost count harms nobody."""

    def wait(self, door: str, who: str) -> int:
        """The seconds *who* has to wait before the next guess at *door*; 0 for none."""
        ...

    def failed(self, door: str, who: str) -> None:
        """Count one wrong guess of *who* at *door*."""
        ...
