"""Processes: start servers, read what a process tree used, stop exactly what was started."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from urllib3 import HTTPConnectionPool
from urllib3.exceptions import HTTPError

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
PATIENCE = 90.0
CLUSTER = "bench-pg-"
PROC = Path("/proc")
WORKERS, THREADS = 2, 1  # the same for every server


@dataclass
class Server:
    """Something that answers on *port*, and the processes beside it whose CPU is told apart."""

    name: str
    port: int
    pid: int
    beside: dict[str, int] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> dict[str, float]:
        """Seconds of CPU so far: ``web``, and each process tree beside it."""
        return {"web": cpu(self.pid)} | {name: cpu(pid) for name, pid in self.beside.items()}

    def memory(self) -> float:
        """MB resident of the largest web worker (shared pages counted in full)."""
        return max(_resident(pid) for pid in self._workers()) / 1e6

    def share(self) -> float:
        """MB of the largest web worker with shared pages divided among their users."""
        return max(_proportional(pid) for pid in self._workers()) / 1e6

    def _workers(self) -> list[int]:
        return tree(self.pid)[1:] or [self.pid]


class Foreign:
    """How much of the machine other programs took meanwhile: whoever reads a figure must know."""

    share = 0.0

    def __enter__(self) -> Self:
        self.before = self._now()
        return self

    def __exit__(self, *_: object) -> None:
        ours, busy, whole = (b - a for a, b in zip(self.before, self._now(), strict=True))
        self.share = max(0.0, busy - ours) / whole if whole else 0.0

    @staticmethod
    def _now() -> tuple[float, float, float]:
        """Seconds of CPU: our tree and the clusters it started, everybody, all there was."""
        lines = (PROC / "stat").read_text().splitlines()
        told = [int(word) / TICK for word in lines[0].split()[1:9]]
        daemons = [int(p.name) for p in PROC.glob("[0-9]*") if _is_cluster(p)]
        ours = cpu(os.getpid()) + sum(cpu(pid) for pid in daemons)
        return ours, sum(told) - told[3] - told[4], sum(told)


def _is_cluster(entry: Path) -> bool:
    """The peer's PostgreSQL puts itself in the background and is nobody's child."""
    try:
        return CLUSTER.encode() in (entry / "cmdline").read_bytes()
    except OSError:
        return False


def tree(root: int) -> list[int]:
    """*root* and everything below it."""
    parents = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            parents[int(entry.name)] = int(stat[1])
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def cpu(root: int) -> float:
    """Seconds of CPU of the tree, ended children included.

    By the clock of each process (clock_getcpuclockid(3)), to the nanosecond: utime and stime are
    sampled 250 times a second, and of a server that wakes for a moment much is missed or counted twice.
    """
    return sum(_spent(pid) for pid in tree(root))


def _spent(pid: int) -> float:
    ended = sum(map(int, _stat(pid)[13:15])) / TICK
    try:
        return ended + time.clock_gettime(~pid << 3 | 2)
    except OSError:  # it has ended
        return ended


def _stat(pid: int) -> list[str]:
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _resident(pid: int) -> int:
    try:
        return int((PROC / str(pid) / "statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0


def _proportional(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str], log: Path, environ: Mapping[str, str], where: Path | None = None
) -> Iterator[int]:
    """A process of our own in a session of its own; its tree is ended when the block ends."""
    with log.open("ab") as out:
        child = subprocess.Popen(
            list(command), stdout=out, stderr=out, env={**os.environ, **environ},
            cwd=where, start_new_session=True,
        )  # fmt: skip
    try:
        yield child.pid
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)  # its own session: only what it started
            child.wait()


@contextmanager
def granian(
    target: str, log: Path, *, python: str = sys.executable, path: str = "/",
    environ: Mapping[str, str] | None = None, factory: bool = False, port: int = 0,
    where: Path | None = None,
) -> Iterator[Server]:  # fmt: skip
    """*target* on granian, two workers of one blocking thread, ready when *path* answers 200."""
    port = port or free_port()
    command = [
        python, "-W", "ignore", "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(WORKERS), "--blocking-threads", str(THREADS),
        "--no-ws", "--log-level", "warning", *(["--factory"] if factory else []), target,
    ]  # fmt: skip
    with running(command, log, environ or {}, where) as pid:
        wait(port, path, pid, log)
        yield Server(target, port, pid)


def wait(port: int, path: str, pid: int, log: Path) -> float:
    """Seconds until 127.0.0.1:*port* answers *path* with 200. Raises RuntimeError with the log."""
    start = time.monotonic()
    with HTTPConnectionPool("127.0.0.1", port, timeout=30, retries=False) as pool:
        while time.monotonic() - start < PATIENCE:
            if not _stat(pid) or _stat(pid)[0] == "Z":
                break
            try:
                if pool.request("GET", path).status == 200:
                    return time.monotonic() - start
            except HTTPError:
                pass
            time.sleep(0.02)
    raise RuntimeError(f"{path} never answered 200: {log.read_text('utf8', 'replace')[-600:]}")
