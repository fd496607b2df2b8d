"""Pausing (定时查看): no bell; the worker looks into the database after every pause."""

import threading


class Pause:
    """The bell of ``database://``: nothing rings, every wait lasts its whole time."""

    def __init__(self) -> None:
        self._never = threading.Event()

    def ring(self) -> None:
        """Nobody hears it: the worker looks by itself."""

    def wait(self, seconds: float) -> None:
        """The whole pause."""
        self._never.wait(seconds)
