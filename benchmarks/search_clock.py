"""How long a search takes: on the clock, and of CPU, here and in the server's process."""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import text

from servicehall.kernel.database import Database
from servicehall.kernel.work import SYSTEM, UnitOfWork

ROUNDS = 9
NOTHING = text("SELECT 1")


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 3, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Series:
    """The milliseconds of a row of calls, and how many entries each gave."""

    times: Sequence[float]
    lengths: Sequence[int] = ()

    @property
    def found(self) -> int:
        """How many calls gave any."""
        return sum(map(bool, self.lengths))

    def at(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    def beside(self, other: "Series") -> float:
        """The median ratio to *other*, each call beside those of *other* whose answer is as long.

        A list of a million answers with more entries than one of a thousand; to read and rank them
        costs what it costs on any list, and is no slowness of the larger one.
        """
        alike: dict[int, list[float]] = {}
        for time_, length in zip(other.times, other.lengths, strict=True):
            alike.setdefault(length, []).append(time_)
        usual = {length: median(times) for length, times in alike.items()}
        nearest = (min(usual, key=lambda known: abs(known - length)) for length in self.lengths)
        return median(t / usual[n] for t, n in zip(self.times, nearest, strict=True))

    def __str__(self) -> str:
        return f"{self.at(0.5):8.3f} {self.at(0.99):8.3f}"


Queries = Sequence[tuple[str, str | None]]


class _Row:
    """The queries of one database, and what each took in each round."""

    def __init__(self, work: UnitOfWork, queries: Queries, call: Callable[..., Any]) -> None:
        self._work, self._queries, self._call = work, queries, call
        self._walls: list[list[float]] = [[] for _ in queries]
        self._cpus: list[list[float]] = [[] for _ in queries]
        self._spent = burnt(work)
        self._lengths = [len(call(work, query, region)) for query, region in queries]

    def ask(self, place: int) -> None:
        query, region = self._queries[place]
        begun, burning = time.perf_counter(), self._spent()
        self._call(self._work, query, region)
        ended = time.perf_counter()
        self._cpus[place].append((self._spent() - burning) * 1000)
        self._walls[place].append((ended - begun) * 1000)

    def told(self) -> tuple[Series, Series]:
        return (
            Series([*map(median, self._walls)], self._lengths),
            Series([*map(median, self._cpus)], self._lengths),
        )


def measured(
    call: Callable[..., Any], *asked: tuple[Database, Queries]
) -> list[tuple[Series, Series]]:
    """The milliseconds on the clock and of CPU of the queries of each database, as many for each.

    Databases take turns from query to query: a computer that is shared slows down for all of them.
    """
    with ExitStack() as stack:
        rows = [
            _Row(stack.enter_context(UnitOfWork(database, SYSTEM, Clock(), {})), queries, call)
            for database, queries in asked
        ]
        for _ in range(ROUNDS):
            for place in range(len(asked[0][1])):
                for row in rows:
                    row.ask(place)
        return [row.told() for row in rows]


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
