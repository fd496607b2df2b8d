"""Plans: two persons, told in advance, on the day, and over after the last day."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from servicehall.catalogue import items, planning, publishing
from servicehall.kernel.database import Database
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.kernel.work import SYSTEM, Actor, UnitOfWork
from servicehall.standard import loading
from servicehall.standard.schema import Item
from tests.builders import StillClock
from tests.catalogue.conftest import ROOT

ONE = Actor("one", "甲", frozenset({"item_admin"}))
OTHER = Actor("other", "乙", frozenset({"item_admin"}))


@pytest.fixture(scope="module")
def item() -> Item:
    return loading.read(ROOT / "items")[0]


@pytest.fixture
def work(database: Database, clock: StillClock, item: Item) -> Iterator[UnitOfWork]:
    with UnitOfWork(database, SYSTEM, clock, {}) as opened:
        publishing.publish(opened, [item])
        opened.actor = ONE
        yield opened


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


def asked(work: UnitOfWork, code: str, *, after: int = 0, days: int | None = None):  # type: ignore[no-untyped-def]
    start = work.today() + timedelta(days=after)
    end = start + timedelta(days=days) if days is not None else None
    return planning.ask(
        work, code, state="suspended", reason="系统升级", starts_on=start, ends_on=end
    )


def agreed(work: UnitOfWork, plan: object) -> None:
    work.actor = OTHER
    planning.agree(work, plan, version=plan.version)  # type: ignore[attr-defined,arg-type]
    work.actor = SYSTEM


def test_from_the_first_day_to_the_last(work: UnitOfWork, clock: StillClock, item: Item) -> None:
    plan = asked(work, item.code, after=2, days=1)
    agreed(work, plan)
    entry = items.open_entry(work, item.code)  # told, but not yet
    assert entry.notice["reason"] == "系统升级"
    assert not planning.turn_one(work)
    clock.forward(days=2)
    assert planning.turn_one(work, set())
    with pytest.raises(Conflict, match="系统升级"):
        items.open_entry(work, item.code)
    assert not planning.turn_one(work, set())
    clock.forward(days=1)
    assert not planning.turn_one(work, set())  # the last day counts
    clock.forward(days=1)
    assert planning.turn_one(work, set())
    assert items.open_entry(work, item.code).notice == {}
    assert (plan.status, planning.unfinished(work, item.code)) == ("ended", None)
    work.commit()


def test_nobody_agrees_with_oneself(work: UnitOfWork, item: Item) -> None:
    plan = asked(work, item.code)
    with pytest.raises(Forbidden):
        planning.agree(work, plan, version=plan.version)
    work.commit()
    plan.approver = plan.author
    with pytest.raises(IntegrityError):
        work.session.flush()


def test_what_does_not_hold_is_refused(work: UnitOfWork, item: Item) -> None:
    today, later = work.today(), work.today() + timedelta(days=1)
    ask = {"state": "suspended", "reason": "x", "starts_on": today}
    for wrong in (
        {"reason": " "}, {"starts_on": date(2020, 1, 1)}, {"starts_on": later, "ends_on": today},
        {"state": "cancelled", "ends_on": later},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            planning.ask(work, item.code, **{**ask, **wrong})
    with pytest.raises(NotFound):
        planning.ask(work, "nothing", **ask)
    planning.ask(work, item.code, **ask)
    with pytest.raises(Conflict, match="甲"):
        planning.ask(work, item.code, **ask)
    assert len(planning.pending(work)) == 1


def test_a_cancelled_item_says_why(work: UnitOfWork, item: Item) -> None:
    plan = planning.ask(
        work, item.code, state="cancelled", reason="条例废止", starts_on=work.today()
    )
    agreed(work, plan)
    with pytest.raises(NotFound, match="条例废止"):
        items.entry(work, item.code)
    work.actor = OTHER
    planning.end(work, plan, version=plan.version)  # back again
    assert items.entry(work, item.code).state == "in_use"


def test_a_plan_that_moved_on_is_not_decided_upon(work: UnitOfWork, item: Item) -> None:
    plan = asked(work, item.code, after=1)
    version = plan.version
    planning.end(work, plan, version=version)
    assert plan.status == "withdrawn"
    work.actor = OTHER
    with pytest.raises(Conflict):
        planning.agree(work, plan, version=version)
