"""Worklists at ten million cases beside ten thousand, the product's own code, SQLite and PostgreSQL.

``python -m benchmarks.worklist --cases 10000000``: each page of each list, deep pages, counts, a
citizen's own cases, what is due by silence, and one act with all that follows it. Every call is made
on both databases in turn; a budget holds if the median is at most 1.3 times that at ten thousand.
On the small one the generator's tasks and counts are first proven equal to the product's rules.
``--keep FOLDER`` only builds the databases, ``--measure FOLDER`` only measures what was built there:
a machine can be left alone for the second, which takes seconds.
"""

import argparse
import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sqlalchemy import select, text

from benchmarks import worklist_data
from benchmarks.search_clock import Clock, Series, burnt
from benchmarks.services import Missing
from benchmarks.worklist_kept import Make, building, kept
from servicehall.applying import intake
from servicehall.cases.models import Case
from servicehall.city.offices import window
from servicehall.desk import following, recounting, seeking, worklist
from servicehall.desk.models import Task
from servicehall.desk.worklist import Filter
from servicehall.handling import sweeping
from servicehall.kernel.database import Database
from servicehall.kernel.work import Actor, UnitOfWork

SMALL, GROWTH, ROUNDS, SLACK = 10_000, 1.3, 60, 0.05
Call = Callable[[UnitOfWork, random.Random], object]
CLERK = Actor("clerk", "clerk", frozenset({"clerk"}), department=window().code)
REVIEWER = Actor("reviewer", "reviewer", frozenset({"reviewer"}),
                 department=worklist_data.OFFICES[0])  # fmt: skip


def main() -> int:
    said = argparse.ArgumentParser(description="worklists at ten million cases")
    said.add_argument("--cases", type=int, default=10_000_000)
    said.add_argument("--only", choices=("sqlite", "postgresql"))
    said.add_argument("--keep", type=Path, metavar="FOLDER", help="build there, measure nothing")
    said.add_argument("--measure", type=Path, metavar="FOLDER", help="measure what was built there")
    chosen = said.parse_args()
    verdicts: list[tuple[str, bool]] = []
    for dialect in ("sqlite", "postgresql"):
        if chosen.only in (None, dialect):
            try:
                verdicts += on(dialect, chosen.cases, chosen.keep, chosen.measure)
            except Missing as reason:
                print(f"{dialect}: not measured: {reason}")
                verdicts.append((f"{dialect}: not measured", False))
    print(*["\nbudgets"] * bool(verdicts), sep="")
    for name, holds in verdicts:
        print(f"  {'holds         ' if holds else 'does not hold '} {name}")
    return 0 if all(holds for _, holds in verdicts) else 1


def on(dialect: str, cases: int, keep: Path | None, measure: Path | None) -> list[tuple[str, bool]]:
    """Build, measure, or both in a folder of the moment."""
    with tempfile.TemporaryDirectory(prefix="hall-worklist-", ignore_cleanup_errors=True) as name:
        folder = keep or measure or Path(name)
        folder.chmod(0o755)  # the user postgres has to get through
        if not measure:
            with building(dialect, folder) as make:
                build(dialect, make, cases)
        if keep:
            return []
        with kept(dialect, folder) as opened:
            return run(dialect, opened)


def build(dialect: str, make: Make, cases: int) -> None:
    for name, size in (("small", SMALL), ("large", cases)):
        begun = time.perf_counter()

        def told(what: str, since: float = begun) -> None:
            print(f"  {time.perf_counter() - since:7.0f} s  {what}", flush=True)

        database = make(name)
        print(f"{dialect}: {size:,} cases", flush=True)
        worklist_data.fill(database, size, told)


def run(dialect: str, opened: Make) -> list[tuple[str, bool]]:
    small, large = opened("small"), opened("large")
    with UnitOfWork(small, CLERK, Clock(), {}) as work:
        wrong = list(recounting.breaches(work))
    verdicts = [(f"{dialect}: the generator says what the rules say", not wrong)]
    print(*wrong[:3], sep="\n", end="")
    for database in (small, large):
        following.attach(database)
    with UnitOfWork(large, CLERK, Clock(), {}) as work:
        cases = last(work, Case)
    print(f"{dialect}: {cases:,} cases, {told(large)}")
    print(f"\n  {'':44}{'10,000':>17}   {f'{cases:,}':>17}   CPU ratio   (ms, p50 and p99)")
    gc.collect()
    gc.freeze()
    for name, actor, call in calls():
        few, many, ratio = beside(name, actor, call, small, large)
        print(f"  {name:44}{few}   {many}   {ratio:9.2f}", flush=True)
        verdicts.append((f"{dialect}: {name}: {ratio:.2f} ≤ {GROWTH} × at 10,000", ratio <= GROWTH))
    gc.unfreeze()
    return verdicts


def calls() -> list[tuple[str, Actor, Call]]:
    """What is asked, by whom."""
    item = "9" * 29 + "04"
    return [
        ("first page, acceptance, one window", CLERK, lambda w, d: worklist.queue(w, "accept")),
        ("first page, reviews, one department", REVIEWER, lambda w, d: worklist.queue(w, "review")),
        ("deep page, acceptance, one window", CLERK, deep("accept")),
        ("deep page, reviews, one department", REVIEWER, deep("review")),
        ("page of one item", CLERK, lambda w, d: worklist.queue(w, "accept", asked=Filter(item=item))),
        ("page of one light (red)", CLERK, lambda w, d: worklist.queue(w, "accept", asked=Filter(light="red"))),
        ("first page, done", CLERK, lambda w, d: worklist.queue(w, "done")),
        ("deep page, done", REVIEWER, deep_done),
        ("counts of every list", CLERK, lambda w, d: worklist.counts(w)),
        ("found by number", CLERK, found),
        ("a citizen's own cases", CLERK, own),
        ("due by silence", CLERK, lambda w, d: len(list(sweeping.silent(w)))),
        ("one act: its tasks and counts follow", CLERK, act),
    ]  # fmt: skip


def deep(which: worklist.Which) -> Call:
    """A page from anywhere in the list."""
    where: dict[int, list[str]] = {}

    def call(work: UnitOfWork, draw: random.Random) -> object:
        engine = id(work.session.get_bind())
        if engine not in where:
            ids = [draw.randint(1, last(work, Task)) for _ in range(4000)]
            found = work.session.execute(
                select(Task.due_on, Task.id).where(Task.id.in_(ids), Task.step == which)
            ).all()
            where[engine] = [f"{day}_{number}" for day, number in found]
        return worklist.queue(work, which, after=draw.choice(where[engine]))

    return call


def deep_done(work: UnitOfWork, draw: random.Random) -> object:
    closed = worklist_data.TODAY.toordinal() - draw.randint(100, 1700)
    day = worklist_data.TODAY.fromordinal(closed)
    return worklist.queue(work, "done", after=f"{day}T04:00:00+00:00_{2**31 - 1}")


def found(work: UnitOfWork, draw: random.Random) -> object:
    return seeking.find(work, f"990101202603021{draw.randint(1, last(work, Case)):08d}")


def own(work: UnitOfWork, draw: random.Random) -> object:
    person = draw.randint(0, max(1, last(work, Case) // 10) - 1)
    work.actor = Actor("c", "c", frozenset({"citizen"}), person=f"{person:015d}")
    try:
        return intake.mine(work)
    finally:
        work.actor = CLERK


def act(work: UnitOfWork, draw: random.Random) -> object:
    """One case changes its due day: what the desk has to write in the same transaction."""
    number = draw.randint(10, last(work, Case) // 100 - 1) * 100 + 1
    case = work.session.get_one(Case, number)
    case.accept_by = worklist_data.TODAY.replace(day=draw.randint(10, 28))
    work.session.flush()
    work.rollback()
    return None


_LAST: dict[tuple[int, str], int] = {}


def last(work: UnitOfWork, kind: type[Case] | type[Task]) -> int:
    key = (id(work.session.get_bind()), kind.__tablename__)
    if key not in _LAST:
        _LAST[key] = work.session.query(kind.id).order_by(kind.id.desc()).limit(1).scalar() or 0
    return _LAST[key]


def beside(
    name: str, actor: Actor, call: Call, small: Database, large: Database
) -> tuple[Series, Series, float]:
    """The same calls on both in turn: clock times, and how much more CPU the larger one takes."""
    walls: tuple[list[float], list[float]] = ([], [])
    cpus: tuple[list[float], list[float]] = ([], [])
    draw = random.Random(name)
    works = [UnitOfWork(database, actor, Clock(), {}) for database in (small, large)]
    spends = [burnt(work) for work in works]
    for turn in range(ROUNDS + 5):
        for work, spent, wall, cpu in zip(works, spends, walls, cpus, strict=True):
            work.session.expunge_all()
            begun, burning = time.perf_counter(), spent()
            call(work, draw)
            cost, took = spent() - burning, time.perf_counter() - begun
            if turn >= 5:  # the first are not measured
                wall.append(took * 1000)
                cpu.append(cost * 1000)
    for work in works:
        work.session.close()
    growth = median(cpus[1]) / max(median(cpus[0]), SLACK)
    return Series(walls[0]), Series(walls[1]), growth


def told(database: Database) -> str:
    """How much room it takes."""
    with database.engine.connect() as connection:
        if database.engine.dialect.name == "sqlite":
            size = Path(database.engine.url.database or "").stat().st_size
        else:
            size = connection.scalar(text("SELECT pg_database_size(current_database())"))
    return f"{size / 1e9:.2f} GB"


if __name__ == "__main__":
    sys.exit(main())
