"""Timers under fire: ``python -m tests.crash.timers --cases 100 --kills 1000``: the worker is killed.

Cases fall due in each of the seven ways. A child does rounds of what is due and is killed with SIGKILL
at a random moment, again and again, until a round comes to its end; then every timer must have fired
once for each case, no more, no less. With ``--kills`` new halls go through it until so many died.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import configure_mappers

from servicehall import factory
from servicehall.applying import attaching, intake
from servicehall.city.town import town
from servicehall.cli import opening, serving
from servicehall.documents.models import Document
from servicehall.handling import acceptance, decisions, sweeping
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import wallet
from servicehall.notices.models import Notice
from servicehall.oversight import integrity
from tests.builders import StillClock
from tests.cases.halls import FOOD, LABOR, NURSE, VENUE, Scene
from tests.conftest import on_server, settings_for
from tests.crash.clients import ITEM

RENEWAL = "11990101000000318U499013100100002"
LATER = 40  # days after which everything is due
SOONEST, LATEST, LONGER = 0.1, 0.5, 1.02  # seconds a worker lives


@dataclass
class Result:
    """What was due, what fired, and what went wrong."""

    kills: int = 0
    due: int = 0
    wrong: list[str] = field(default_factory=list)

    def __add__(self, other: "Result") -> "Result":
        return Result(self.kills + other.kills, self.due + other.due, self.wrong + other.wrong)

    def __str__(self) -> str:
        head = (
            f"{self.due} timers due, {self.kills} kills, {len(self.wrong)} lost, doubled or broken"
        )
        return "\n  ".join([head, *self.wrong[:20]])


def prepare(stage: Scene, number: int) -> dict[str, str]:
    """*number* cases that fall due in different ways: what must stand on record, by case."""
    usual, last = (
        (_silent, _uncorrected, _unfinished, _defaulted, _unsupplied),
        (_undelivered, _unrenewed),
    )
    many = max(number - len(last), 0)
    makers = [usual[n % len(usual)] for n in range(many)] + list(last)
    return dict(maker(stage) for maker in makers[:number])


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


def _defaulted(stage: Scene) -> tuple[str, str]:
    """One of the departments declares that its silence is agreement (超时默认)."""
    key = stage.applied("li", VENUE, stage.firm())
    stage.accepted(key)
    return key, "case.review_defaulted"


def _unsupplied(stage: Scene) -> tuple[str, str]:
    firm = stage.firm()
    key = stage.begin("li", LABOR, firm)
    with stage.work("li", firm) as work:
        attaching.bring(work, stage.case(work, key), "agreement")
    stage.fill("li", key, firm)
    stage.submit("li", key, firm)
    stage.accepted(key)
    return key, "case.refused"


def _undelivered(stage: Scene) -> tuple[str, str]:
    key = stage.applied("li", FOOD, stage.firm(), delivery="post")
    stage.accepted(key)
    stage.agreed("reviewer-market", key)
    stage.rechecked("reviewer-market", key)
    stage.does("reviewer-market", key, decisions.grant)
    with stage.work("reviewer-market") as work:
        decisions.finish(work, stage.case(work, key))
    return key, "case.delivery_late"


def _unrenewed(stage: Scene) -> tuple[str, str]:
    """The license of the case before expires while its renewal, asked for in time, waits."""
    firm = stage.firm()
    with stage.work("li", firm) as work:
        held = next(one for one in wallet.mine(work) if one.type == "food-business")
        held.valid_to = work.today() + intake.RENEW_BEFORE
        work.record("test.aged", held.identifier)
    key = stage.applied("li", RENEWAL, firm)
    stage.accepted(key)
    return key, "case.granted_by_silence"


def fire(settings: Settings, clock: StillClock, *, chance: Random) -> int:
    """Workers die until one comes to its end; how many died.

    Each may live a little longer than the one before, so that this ends on a slow machine too.
    """
    kills, latest = 0, LATEST
    while True:
        child = os.fork()
        if child == 0:
            _round(settings, clock)
        time.sleep(chance.uniform(SOONEST, latest))
        os.kill(child, signal.SIGKILL)  # what has ended already is not reaped yet: no harm
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            return kills
        kills, latest = kills + 1, latest * LONGER


def _round(settings: Settings, clock: StillClock) -> None:
    """One worker's round; the process ends with it."""
    hall = factory.open_hall(settings, clock)
    for timer in sweeping.TIMERS.values():
        serving.each(hall, timer)
    hall.close()
    os._exit(0)


def siege(settings: Settings, expected: dict[str, str], *, seed: int) -> Result:
    """Later the timers of a hall with cases fire under fire. What came of what was *expected*."""
    clock = StillClock()
    clock.forward(days=LATER)
    result = Result(due=len(expected))
    result.kills += fire(settings, clock, chance=Random(seed))  # noqa: S311
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
    options.add_argument("--kills", type=int, default=1, help="at least so many, in as many halls")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    town(), configure_mappers()
    total, name = Result(), f"hall_timers_{os.getpid()}"
    with tempfile.TemporaryDirectory() as scratch, a_hall(Path(scratch) / "first", name) as first:
        expected = furnished(first, chosen.cases)
        for turn in range(chosen.kills):
            if total.kills >= chosen.kills:
                break
            folder = Path(scratch) / str(turn)
            shutil.copytree(first.data, folder)
            with a_hall(folder, f"{name}_{turn}", like=name) as settings:
                total += siege(settings, expected, seed=chosen.seed + turn)
            shutil.rmtree(folder)
            print(total, flush=True)
    return 1 if total.wrong else 0


@contextmanager
def a_hall(folder: Path, name: str, like: str = "") -> Iterator[Settings]:
    """The settings of a hall in *folder* with a database of its own, on a server a copy of *like*."""
    on_server(f"CREATE DATABASE {name}" + (f" TEMPLATE {like}" if like else ""))
    try:
        yield settings_for(folder, name)
    finally:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


def furnished(settings: Settings, number: int) -> dict[str, str]:
    """A hall with *number* cases that fall due; what must stand on record, by case."""
    hall = factory.open_hall(settings, StillClock())
    opening.prepare(hall)
    expected = prepare(Scene(hall), number)
    hall.close()
    return expected


if __name__ == "__main__":
    sys.exit(main())
