"""Deadlines (办理时限): when what is due, and why, day by day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from servicehall.cases.models import Case, Review
from servicehall.kernel import workdays
from servicehall.kernel.clock import local_date
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.kernel.workdays import Calendar, Unpublished
from servicehall.standard.schema import Limit

ACCEPT_WITHIN = Limit(days=5, note="行政许可法 第32条")  # to accept or ask, from receipt
CORRECT_WITHIN = Limit(days=5, note="行政许可法 第32条")  # to correct, from the notice
ROLLED = N_("期限的最后一天是休假日，顺延到下一个工作日")  # 民法典 第203条
DELIVER_WITHIN = Limit(days=10, note="行政许可法 第44条")  # from the decision


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
    try:
        calendar = workdays.calendar(work.session)
        if limit.unit == "natural_day":
            return _natural(calendar, case, start, limit)
        return calendar.after(start, limit.days, paused=lambda day: paused(case, day) != "")
    except Unpublished:
        return None


def set_clock(work: UnitOfWork, case: Case) -> None:
    """Write every date of an accepted case anew: both legal dates, and each open review's.

    After acceptance, after each pause (特别程序), an extension, a change of the calendar.
    """
    if case.accepted_at is None:
        return
    case.due_on = _end(work, case, case.item.promised)
    case.statutory_on = _end(work, case, case.item.statutory)
    start = local_date(case.accepted_at)
    for review in case.reviews:
        if review.agrees is None and review.waived_at is None:
            review.due_on = due(work, start, review_limit(case, review), case)


def rolls(limit: Limit) -> bool:
    """Whether a last day that is a holiday gives way to the next working day (民法典 第203条)."""
    return limit.unit == "natural_day" and not limit.exact


def spans(case: Case, limit: Limit | None) -> list[Limit]:
    """*limit* and, where it was approved, the extension after it (延期, 行政许可法 第42条)."""
    if limit is None:
        return []
    more = case.extension
    return [limit, Limit(days=more.days)] if more and more.approved else [limit]


def review_limit(case: Case, review: Review) -> Limit:
    """How long a department has (部门时限): the working days its step declares, at least one."""
    own = (
        s for s in case.item.parallel if (s.name, s.department) == (review.name, review.department)
    )
    return Limit(days=max(1, round(next(own).days)))


def explain(work: UnitOfWork, case: Case) -> list[Day]:
    """Every day from acceptance to the promised day: counted, or why not."""
    if case.accepted_at is None or case.item.promised is None:
        return []
    start, last = local_date(case.accepted_at), case.due_on
    if last is None:
        last = start
    limits = spans(case, case.item.promised)
    return list(_walk(workdays.calendar(work.session), case, limits, start, last))


def unpublished(work: UnitOfWork, case: Case) -> int | None:
    """The year whose calendar is wanting for a date of this case, None where none is (从不猜测)."""
    wanting = case.accepted_at and (
        (case.item.promised and case.due_on is None)
        or (case.item.statutory and case.statutory_on is None)
    )
    waiting = case.submitted_at and not case.accepted_at and case.accept_by is None
    return workdays.calendar(work.session).last_year + 1 if wanting or waiting else None


def paused(case: Case | None, day: date) -> str:
    """The name of the special procedure that *day* falls into, if any."""
    for pause in case.pauses if case else ():
        if pause.starts_on <= day <= (pause.ended_on or pause.planned_end):
            return pause.name
    return ""


def _end(work: UnitOfWork, case: Case, limit: Limit | None) -> date | None:
    if limit is None or case.accepted_at is None:
        return None
    day: date | None = local_date(case.accepted_at)
    for span in spans(case, limit):
        day = day and due(work, day, span, case)
    return day


def _walk(
    calendar: Calendar, case: Case, limits: Sequence[Limit], start: date, last: date
) -> Iterator[Day]:
    yield Day(start, None, N_("受理当日不计算"))
    count, day = 0, start
    while day < last:
        day += timedelta(days=1)
        limit = limits[count >= limits[0].days and len(limits) > 1]
        natural = limit.unit == "natural_day"
        ends = count + 1 in (limits[0].days, sum(one.days for one in limits))
        if reason := paused(case, day):
            yield Day(day, None, reason)
        elif ends and rolls(limit) and not calendar.is_worked(day):
            yield Day(day, None, ROLLED)
        elif natural or calendar.is_worked(day):
            count += 1
            yield Day(day, count, "")
        else:
            yield Day(day, None, N_("非工作日"))


def _natural(calendar: Calendar, case: Case | None, day: date, limit: Limit) -> date:
    """So many civil days after *day*, those of a special procedure left out.

    The last one counts on a working day only (民法典 第203条). Raises Unpublished.
    """
    days = limit.days
    while days:
        day += timedelta(days=1)
        if paused(case, day) or (days == 1 and rolls(limit) and not calendar.is_worked(day)):
            continue
        days -= 1
    return day
