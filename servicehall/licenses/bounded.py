"""Bounded (受限检查): asks a process of its own about a file, so that a hostile one hurts nobody."""

import atexit
import json
import subprocess
import sys
import threading
from typing import Any

from servicehall.kernel.settings import HOME

SECONDS = 6.0
_COMMAND = (sys.executable, "-m", "servicehall.licenses.examiner")


class Examiners:
    """Each file gets a fresh process; one waits ready, its libraries loaded (about 0.4 s)."""

    def __init__(self, command: tuple[str, ...] = _COMMAND, seconds: float = SECONDS) -> None:
        self._command, self._seconds = command, seconds
        self._ready: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def ask(self, content: bytes) -> dict[str, Any]:
        """What the examiner found; {} where it ran out of time or memory, or broke."""
        examiner = self._take()
        try:
            out, _ = examiner.communicate(content, timeout=self._seconds)
            found = json.loads(out) if examiner.returncode == 0 else {}
        except (subprocess.TimeoutExpired, ValueError):
            found = {}
        finally:
            _end(examiner)
            self.prepare()
        return dict(found)

    def prepare(self) -> None:
        """Start the next examiner now."""
        with self._lock:
            if self._ready is None:
                self._ready = self._start()

    def close(self) -> None:
        """End the one that waits."""
        with self._lock:
            if self._ready is not None:
                _end(self._ready)
                self._ready = None

    def _take(self) -> subprocess.Popen[bytes]:
        with self._lock:
            ready, self._ready = self._ready, None
        if ready is not None and ready.poll() is None:
            return ready
        if ready is not None:
            _end(ready)
        return self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own module, no shell, no outside words
            self._command,
            cwd=HOME,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )


def _end(examiner: subprocess.Popen[bytes]) -> None:
    """Gone, and its pipes closed."""
    examiner.kill()
    for pipe in (examiner.stdin, examiner.stdout):
        if pipe is not None:
            pipe.close()
    examiner.wait()


EXAMINERS = Examiners()
atexit.register(EXAMINERS.close)
