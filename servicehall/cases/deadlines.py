"""Deadlines (办理时限): when what is due, and why, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from servicehall.cases.models import Case
from servicehall.kernel import workdays
from servicehall.kernel.clock import local_date
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.kernel.workdays import Calendar, Unpublished
from servicehall.standard.schema import Limit

ACCEPT_WITHIN = Limit(days=5, note="行政许可法 第32条")  # to accept or ask, from receipt
DELIVER_WITHIN = Limit(days=10, note="行政许可法 第44条")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the count: its number, or why it does not count."""

    day: date
    count: int | None
    why: str


def due(
    work: UnitOfWork, start: date, limit: Limit | None, case: Case | None = None
) -> date | None:
    """The last day of *limit* counted from *start*, which itself does not count.

    None where there is no limit or the calendar of the year is not published yet: never guessed.
    """
    if limit is None:
        return None
    if limit.unit == "natural_day":
        return _natural(case, start, limit.days)
    try:
        calendar = workdays.calendar(work.session)
        return calendar.after(start, limit.days, paused=lambda day: _pause(case, day) != "")
    except Unpublished:
        return None


def set_clock(work: UnitOfWork, case: Case) -> None:
    """Write both legal dates of an accepted case, anew after every pause (特别程序)."""
    if case.accepted_at is None:
        return
    start = local_date(case.accepted_at)
    case.due_on = due(work, start, case.item.promised, case)
    case.statutory_on = due(work, start, case.item.statutory, case)


def explain(work: UnitOfWork, case: Case) -> list[Day]:
    """Every day from acceptance to the promised day: counted, or why not."""
    if case.accepted_at is None or case.item.promised is None:
        return []
    start, last = local_date(case.accepted_at), case.due_on
    if last is None:
        last = start
    return list(_walk(workdays.calendar(work.session), case, start, last))


def trace(work: UnitOfWork, case: Case) -> dict[str, Any]:
    """How both dates come about, for anybody to count again (JSON): the limits with the days they
    end on, the special procedures, and every day up to the later of the two.

    A day is ``worked`` or not by the calendar, ``paused`` by a procedure's name or "". Of a limit in
    working days those count that are worked and not paused; of one in natural days all that are not
    paused; the first day never does (民法典 第201条). Dates nobody can know yet are null.
    """
    told: dict[str, Any] = {
        "case": case.number, "item": case.item_name,
        "law": ["民法典 第201条", "行政许可法 第42、45、82条"],
        "start": case.accepted_at and local_date(case.accepted_at).isoformat(),
        "limits": {
            "promised": _limit(case.item.promised, case.due_on),
            "statutory": _limit(case.item.statutory, case.statutory_on),
        },
        "procedures": [
            {"name": p.name, "basis": p.basis, "from": p.starts_on.isoformat(),
             "to": (p.ended_on or p.planned_end).isoformat(), "ended": p.ended_on is not None}
            for p in case.pauses
        ],
        "days": [],
    }  # fmt: skip
    last = max(filter(None, (case.due_on, case.statutory_on)), default=None)
    if case.accepted_at and last:
        known = workdays.calendar(work.session).days
        start = local_date(case.accepted_at)
        span = (start + timedelta(days=n) for n in range((last - start).days + 1))
        told["days"] = [
            {"day": day.isoformat(), "worked": known.get(day), "paused": _pause(case, day)}
            for day in span
        ]
    return told


def _limit(limit: Limit | None, ends_on: date | None) -> dict[str, Any] | None:
    if limit is None:
        return None
    return {"days": limit.days, "unit": limit.unit, "ends_on": ends_on and ends_on.isoformat()}


def _walk(calendar: Calendar, case: Case, start: date, last: date) -> Iterator[Day]:
    yield Day(start, None, N_("受理当日不计算"))
    natural = case.item.promised is not None and case.item.promised.unit == "natural_day"
    count, day = 0, start
    while day < last:
        day += timedelta(days=1)
        if reason := _pause(case, day):
            yield Day(day, None, reason)
        elif natural or calendar.is_worked(day):
            count += 1
            yield Day(day, count, "")
        else:
            yield Day(day, None, N_("非工作日"))


def _pause(case: Case | None, day: date) -> str:
    """The name of the special procedure that *day* falls into, if any."""
    for pause in case.pauses if case else ():
        if pause.starts_on <= day <= (pause.ended_on or pause.planned_end):
            return pause.name
    return ""


def _natural(case: Case | None, day: date, days: int) -> date:
    """*days* civil days after *day*, those of a special procedure left out."""
    while days:
        day += timedelta(days=1)
        if not _pause(case, day):
            days -= 1
    return day
