"""Deadlines: walked day by day by brute force, with pauses, natural days and unpublished years."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servicehall.cases import deadlines
from servicehall.handling import reviewing
from servicehall.kernel import workdays
from servicehall.kernel.work import SYSTEM
from servicehall.standard.schema import Limit
from tests.cases.halls import FOOD, ID_CARD, Scene

DAYS = st.dates(date(2025, 1, 1), date(2026, 9, 30))
LIMITS = st.builds(
    Limit,
    days=st.integers(0, 40),
    unit=st.sampled_from(["working_day", "natural_day"]),
    exact=st.booleans(),
)


@dataclass
class Stop:
    """A pause as the count sees it."""

    starts_on: date
    planned_end: date
    ended_on: date | None = None
    name: str = "现场核查"


@dataclass
class Paused:
    """A case as the count sees it."""

    pauses: list[Stop] = field(default_factory=list)


@st.composite
def stops(draw: st.DrawFn, start: date) -> list[Stop]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        first = start + timedelta(days=draw(st.integers(-3, 40)))
        planned = first + timedelta(days=draw(st.integers(0, 15)))
        ended = draw(st.none() | st.integers(0, 20).map(lambda n, f=first: f + timedelta(days=n)))
        found.append(Stop(first, planned, ended))
    return found


def walked(calendar: workdays.Calendar, start: date, limit: Limit, pauses: list[Stop]) -> date:
    """What the law says, done with a finger on the calendar."""
    day, left = start, limit.days
    while left:
        day += timedelta(days=1)
        stands = any(p.starts_on <= day <= (p.ended_on or p.planned_end) for p in pauses)
        if left == 1 and limit.unit == "natural_day" and not limit.exact and not calendar.days[day]:
            continue
        counts = limit.unit == "natural_day" or calendar.days[day]
        left -= counts and not stands
    return day


@settings(max_examples=50)
@given(data=st.data(), start=DAYS, limit=LIMITS)
def test_the_last_day_is_the_one_found_by_walking(
    stage: Scene, data: st.DataObject, start: date, limit: Limit
) -> None:
    pauses = data.draw(stops(start))
    with stage.hall.work(SYSTEM) as work:
        calendar = workdays.calendar(work.session)
        found = deadlines.due(work, start, limit, Paused(pauses))  # type: ignore[arg-type]
    assert found == walked(calendar, start, limit, pauses)


@pytest.mark.parametrize(("start", "days", "exact", "last"), [
    (date(2026, 3, 2), 5, False, date(2026, 3, 9)),  # Saturday the 7th gives way to Monday
    (date(2026, 3, 2), 5, True, date(2026, 3, 7)),
    (date(2026, 3, 2), 4, False, date(2026, 3, 6)),
    (date(2026, 2, 6), 9, False, date(2026, 2, 24)),  # into the spring festival and out of it
    (date(2026, 2, 6), 8, False, date(2026, 2, 14)),  # a Saturday that is worked (调休)
    (date(2025, 9, 16), 15, False, date(2025, 10, 9)),  # 1 to 8 October
])  # fmt: skip
def test_natural_days_end_on_a_working_day(
    stage: Scene, start: date, days: int, exact: bool, last: date
) -> None:
    """民法典 第203条: vectors from the calendars that were published."""
    limit = Limit(days=days, unit="natural_day", exact=exact)
    with stage.hall.work(SYSTEM) as work:
        assert deadlines.due(work, start, limit) == last


def test_a_pause_after_the_last_day_saves_nobody(stage: Scene) -> None:
    late = Paused([Stop(date(2026, 4, 1), date(2026, 4, 10))])
    for unit in ("working_day", "natural_day"):
        limit = Limit(days=5, unit=unit)  # type: ignore[arg-type]
        with stage.hall.work(SYSTEM) as work:
            alone = deadlines.due(work, date(2026, 3, 2), limit)
            assert deadlines.due(work, date(2026, 3, 2), limit, late) == alone  # type: ignore[arg-type]


def test_a_year_without_a_calendar_is_not_guessed(stage: Scene) -> None:
    with stage.hall.work(SYSTEM) as work:
        last = max(workdays.calendar(work.session).days)
        assert deadlines.due(work, last, Limit(days=1)) is None
        natural = Limit(days=1, unit="natural_day")
        assert deadlines.due(work, last, natural) is None  # it may be a holiday
        exact = natural.model_copy(update={"exact": True})
        assert deadlines.due(work, last, exact) == last + timedelta(1)
        assert deadlines.due(work, last, None) is None


@pytest.mark.parametrize(("item", "login"), [(ID_CARD, "wang"), (FOOD, "li")])
def test_the_explanation_counts_to_the_promised_day(stage: Scene, item: str, login: str) -> None:
    firm = stage.firm() if login == "li" else ""
    key = stage.applied(login, item, firm)
    stage.accepted(key)
    if login == "li":
        officers = "赵一，钱二"
        stage.does("reviewer-market", key, reviewing.suspend, kind="inspection", officers=officers)
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        days = deadlines.explain(work, case)
        assert case.item.promised is not None
        assert days[0].why == "受理当日不计算"
        assert (days[-1].day, days[-1].count) == (case.due_on, case.item.promised.days)
        assert [d.count for d in days if d.count] == list(range(1, case.item.promised.days + 1))
        assert all(bool(d.why) is (d.count is None) for d in days)
        assert len(days) == (days[-1].day - days[0].day).days + 1


def test_a_case_not_accepted_has_no_clock(stage: Scene) -> None:
    key = stage.begin("chen", ID_CARD)
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        deadlines.set_clock(work, case)
        assert (case.due_on, deadlines.explain(work, case)) == (None, [])
