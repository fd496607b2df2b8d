"""How long a search takes: on the clock, and of CPU, here and in the server's process."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import text

from servicehall.kernel.database import Database
from servicehall.kernel.work import SYSTEM, UnitOfWork

ROUNDS = 5
NOTHING = text("SELECT 1")


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 3, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Series:
    """The milliseconds of a row of calls."""

    times: Sequence[float]
    found: int = 0

    def at(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    def __str__(self) -> str:
        return f"{self.at(0.5):8.3f} {self.at(0.99):8.3f}"


def measured(
    database: Database, queries: Sequence[tuple[str, str | None]], call: Callable[..., Any]
) -> tuple[Series, Series]:
    """The milliseconds on the clock and of CPU; how many queries found anything."""
    walls: list[list[float]] = [[] for _ in queries]
    cpus: list[list[float]] = [[] for _ in queries]
    found = 0
    with UnitOfWork(database, SYSTEM, Clock(), {}) as work:
        spent = burnt(work)
        for query, region in queries:
            found += bool(call(work, query, region))
        for _ in range(ROUNDS):
            for (query, region), wall, cpu in zip(queries, walls, cpus, strict=True):
                begun, burning = time.perf_counter(), spent()
                call(work, query, region)
                ended = time.perf_counter()
                cpu.append((spent() - burning) * 1000)
                wall.append((ended - begun) * 1000)
    return Series([*map(median, walls)], found), Series([*map(median, cpus)], found)


def burnt(work: UnitOfWork) -> Callable[[], float]:
    """Tells the CPU seconds of this thread, and of the process that serves its connection."""
    connection = work.session.connection()
    if connection.dialect.name == "sqlite":
        return time.thread_time
    number = connection.scalar(text("SELECT pg_backend_pid()"))
    server = Path(f"/proc/{number}/schedstat")  # nanoseconds on a CPU, then of waiting for one

    def spent() -> float:
        return time.thread_time() + int(server.read_text().split()[0]) / 1e9

    return spent


def nothing(work: UnitOfWork, *_: Any) -> Sequence[Any]:
    return work.session.connection().execute(NOTHING).all()
