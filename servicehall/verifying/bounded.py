"""Bounded (受限检查): asks a process of its own about a file, so that a hostile one hurts nobody."""

import atexit
import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from servicehall.kernel.errors import Unavailable
from servicehall.kernel.settings import HOME
from servicehall.kernel.words import N_

SECONDS = 20  # by the clock on the wall; a file's processor time ends long before that
BEGUN = b"+"  # the first byte of an answer: what comes after it, or does not, is the file's doing
_CHUNK = 1 << 16
_COMMAND = (sys.executable, "-m", "servicehall.verifying.examiner")


class Examiners:
    """One process with its libraries loaded waits (about 0.5 s to start); it forks for every file."""

    def __init__(self, command: tuple[str, ...] = _COMMAND, seconds: float = SECONDS) -> None:
        self._command, self._seconds = command, seconds
        self._waiting: tuple[subprocess.Popen[bytes], socket.socket] | None = None
        self._lock = threading.Lock()

    def ask(self, content: bytes) -> dict[str, Any]:
        """What the examiner found; {} where the file took all its processor time or memory, or broke it.

        Raises Unavailable where the examiner did not begin, or not end in time while the file had
        processor time left: then the computer was too busy, and nothing is said of the file.
        """
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._hand_over(theirs)
            try:
                said = self._said(ours, content)
            except TimeoutError:
                raise Unavailable(_BUSY) from None
        if not said.startswith(BEGUN):
            raise Unavailable(_BUSY)
        try:
            found = json.loads(said.removeprefix(BEGUN))
        except ValueError:  # broken off
            found = {}
        return dict(found)

    def close(self) -> None:
        """End the one that waits."""
        with self._lock:
            self._end()

    def _hand_over(self, connection: socket.socket) -> None:
        """Give *connection* to the process that waits; a dead one is replaced, once."""
        with self._lock:
            for _ in range(2):
                try:
                    socket.send_fds(self._door(), [b"f"], [connection.fileno()])
                    return
                except OSError:
                    self._end()

    def _said(self, ours: socket.socket, content: bytes) -> bytes:
        until = time.monotonic() + self._seconds
        ours.settimeout(self._seconds)
        said = bytearray()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it broke before the end
            ours.sendall(content)
            ours.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionResetError):
            while part := ours.recv(_CHUNK):
                said += part
                ours.settimeout(max(0.001, until - time.monotonic()))
        return bytes(said)

    def _door(self) -> socket.socket:
        if self._waiting is None:
            ours, theirs = socket.socketpair()
            with theirs:
                process = subprocess.Popen(  # noqa: S603 - our own module, no shell, no outside words
                    self._command, cwd=HOME, stdin=theirs.fileno(), stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )  # fmt: skip
            self._waiting = process, ours
        return self._waiting[1]

    def _end(self) -> None:
        if self._waiting is not None:
            process, door = self._waiting
            door.close()
            process.kill()
            process.wait()
            self._waiting = None


_BUSY = N_("系统正忙，没能检查完这个文件，没有得出任何结论；请稍后再试")
EXAMINERS = Examiners()
atexit.register(EXAMINERS.close)
