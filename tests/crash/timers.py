"""Timers under fire: ``python -m tests.crash.timers --cases 100``: cases fall due, the worker is killed.

A child does rounds of what is due and is killed with SIGKILL at a random moment, again and again,
until a round comes to its end; then every timer must have fired once for each case, no more, no less.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import configure_mappers

from servicehall import factory
from servicehall.city.town import town
from servicehall.cli import opening, serving
from servicehall.documents.models import Document
from servicehall.handling import acceptance, decisions, sweeping
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM
from servicehall.notices.models import Notice
from servicehall.oversight import integrity
from tests.builders import StillClock
from tests.cases.halls import FOOD, NURSE, Scene
from tests.conftest import on_server, settings_for
from tests.crash.clients import ITEM

LATER = 30  # days after which everything is due
SOONEST, LATEST = 0.2, 2.0  # seconds a worker lives


@dataclass
class Result:
    """What was due, what fired, and what went wrong."""

    kills: int = 0
    due: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        head = (
            f"{self.due} timers due, {self.kills} kills, {len(self.wrong)} lost, doubled or broken"
        )
        return "\n  ".join([head, *self.wrong[:20]])


def prepare(stage: Scene, number: int) -> dict[str, str]:
    """*number* cases that fall due in different ways: what must stand on record, by case."""
    makers = (_silent, _uncorrected, _unfinished)
    if number >= len(makers):
        makers = (*makers, _undelivered)
    made: dict[str, str] = {}
    for n in range(number):
        maker = makers[n % 3] if n != len(makers) - 1 else makers[-1]
        key, entry = maker(stage)
        made[key] = entry
    return made


def _silent(stage: Scene) -> tuple[str, str]:
    return stage.applied("wang", NURSE), "case.accepted_by_silence"


def _uncorrected(stage: Scene) -> tuple[str, str]:
    key = stage.applied("chen", NURSE)
    stage.does("clerk", key, acceptance.ask_correction, points=["照片不清晰"])
    return key, "case.uncorrected"


def _unfinished(stage: Scene) -> tuple[str, str]:
    key = stage.applied("wang", ITEM, amount="20000")
    stage.accepted(key)
    stage.agreed("reviewer-fund", key)
    stage.rechecked("reviewer-fund", key)
    stage.does("reviewer-fund", key, decisions.grant)  # and here the power fails
    return key, "case.closed"


def _undelivered(stage: Scene) -> tuple[str, str]:
    key = stage.applied("li", FOOD, stage.firm(), delivery="post")
    stage.accepted(key)
    stage.agreed("reviewer-market", key)
    stage.rechecked("reviewer-market", key)
    stage.does("reviewer-market", key, decisions.grant)
    with stage.work("reviewer-market") as work:
        decisions.finish(work, stage.case(work, key))
    return key, "case.delivery_late"


def fire(settings: Settings, clock: StillClock, *, chance: Random) -> int:
    """Workers die until one comes to its end; how many died."""
    kills = 0
    while True:
        child = os.fork()
        if child == 0:
            _round(settings, clock)
        time.sleep(chance.uniform(SOONEST, LATEST))
        os.kill(child, signal.SIGKILL)  # what has ended already is not reaped yet: no harm
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            return kills
        kills += 1


def _round(settings: Settings, clock: StillClock) -> None:
    """One worker's round; the process ends with it."""
    hall = factory.open_hall(settings, clock)
    for timer in sweeping.TIMERS.values():
        serving.each(hall, timer)
    hall.close()
    os._exit(0)


def siege(settings: Settings, number: int, *, seed: int) -> Result:
    """*number* cases, made and left; later the timers fire under fire. What came of it."""
    clock = StillClock()
    hall = factory.open_hall(settings, clock)
    expected = prepare(Scene(hall), number)
    hall.close()
    clock.forward(days=LATER)
    result = Result(due=len(expected))
    result.kills = fire(settings, clock, chance=Random(seed))  # noqa: S311
    judged = factory.open_hall(settings, clock)
    with judged.work(SYSTEM) as work:
        result.wrong += [f"breach: {told}" for told in integrity.breaches(work, judged.heads())]
        query = select(AuditEntry.subject, AuditEntry.act, func.count())
        rows = work.session.execute(query.group_by(AuditEntry.subject, AuditEntry.act))
        counts = Counter({(subject, act): n for subject, act, n in rows.all()})
        for key, entry in expected.items():
            if counts[key, entry] != 1:
                result.wrong.append(f"{key}: {entry} {counts[key, entry]} times")
        result.wrong += _doubled(work.session.execute)
    judged.close()
    return result


def _doubled(execute: Callable[..., object]) -> list[str]:
    """No letter and no notice of one kind came twice to one matter."""
    found: list[str] = []
    for table, column in ((Document, Document.kind), (Notice, Notice.text)):
        query = select(table.matter, column, func.count()).group_by(table.matter, column)
        rows = execute(query.having(func.count() > 1))
        found += [f"{matter}: {what} {n} times" for matter, what, n in rows]  # type: ignore[attr-defined]
    return found


def main() -> int:
    options = argparse.ArgumentParser("tests.crash.timers", description=__doc__)
    options.add_argument("--cases", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    town(), configure_mappers()
    name = f"hall_timers_{os.getpid()}"
    with tempfile.TemporaryDirectory() as scratch:
        on_server(f"CREATE DATABASE {name}")
        settings = settings_for(Path(scratch) / "data", name)
        hall = factory.open_hall(settings, StillClock())
        opening.prepare(hall)
        hall.close()
        result = siege(settings, chosen.cases, seed=chosen.seed)
        on_server(f"DROP DATABASE {name} WITH (FORCE)")
    print(result)
    return 1 if result.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
