"""Amending (调整日历): a day changes with a reason, a year comes as its notice says; all on record."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from servicehall.calendars.models import CalendarChange
from servicehall.identity import policy
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.kernel.workdays import Workday

WORDS = {"班": True, "上班": True, "1": True, "休": False, "放假": False, "0": False}
MOST = 100_000  # bytes of a year's sheet


def year(work: UnitOfWork, number: int) -> list[list[tuple[date, bool | None]]]:
    """The twelve months of a year: each day with whether it is worked, None where nobody said yet."""
    first, last = date(number, 1, 1), date(number, 12, 31)
    rows = select(Workday.day, Workday.worked).where(Workday.day.between(first, last))
    known = dict(work.session.execute(rows).all())
    months: list[list[tuple[date, bool | None]]] = [[] for _ in range(12)]
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        months[day.month - 1].append((day, known.get(day)))
    return months


def years(work: UnitOfWork) -> tuple[int, int]:
    """The first and the last year that are known."""
    first, last = work.session.execute(select(func.min(Workday.day), func.max(Workday.day))).one()
    return first.year, last.year


def changes(work: UnitOfWork, most: int = 50) -> Sequence[CalendarChange]:
    """What was changed lately, newest first."""
    query = select(CalendarChange).order_by(CalendarChange.id.desc()).limit(most)
    return work.session.scalars(query).all()


def change(work: UnitOfWork, day: date | None, *, worked: bool | None, reason: str) -> None:
    """Say that *day* is worked or not, and why (国务院办公厅通知, 停工停业).

    The worker counts every open case again. Raises Invalid, or Conflict where it is so already.
    """
    policy.require(work.actor, "calendar.edit")
    row = work.session.scalar(select(Workday).where(Workday.day == day)) if day else None
    if day is None or row is None:
        raise Invalid(N_("请填写已经公布的年份里的一天"), field="day")
    if worked is None:
        raise Invalid(N_("请选择上班还是休息"), field="worked")
    if len(reason.strip()) < 4:
        raise Invalid(N_("请写明理由或者依据的文件（至少 4 个字）"), field="reason")
    if row.worked is worked:
        raise Conflict(N_("这一天本来就是这样安排的"))
    row.worked = worked
    _note(work, day, worked, reason)


def bring(work: UnitOfWork, content: bytes, *, reason: str) -> int:
    """Bring in the next year as its notice says: CSV, a day and 班 or 休 in each line.

    Every day of the one year after the last known, none missing, none twice; the number of days.
    Raises Invalid that names the line.
    """
    policy.require(work.actor, "calendar.edit")
    if len(reason.strip()) < 4:
        raise Invalid(N_("请写明依据的文件（至少 4 个字）"), field="source")
    told = _read(content)
    wanted = years(work)[1] + 1
    first = date(wanted, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(wanted, 12, 31) - first).days + 1)]
    if missing := [day for day in days if day not in told]:
        raise Invalid(N_("%(year)s 年还缺 %(day)s 等 %(count)s 天"), field="file",
                      year=wanted, day=str(missing[0]), count=len(missing))  # fmt: skip
    if extra := sorted(set(told) - set(days)):
        raise Invalid(N_("%(day)s 不在 %(year)s 年"), field="file", day=str(extra[0]), year=wanted)
    work.session.add_all(Workday(day=day, worked=told[day]) for day in days)
    _note(work, first, told[first], reason)
    return len(days)


def _read(content: bytes) -> dict[date, bool]:
    if len(content) > MOST:
        raise Invalid(N_("文件太大，一年的日历不会超过 100 KB"), field="file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(N_("文件要用 UTF-8 编码保存"), field="file") from None
    told: dict[date, bool] = {}
    for number, line in enumerate(csv.reader(io.StringIO(text)), 1):
        if not any(cell.strip() for cell in line):
            continue
        try:
            day, worked = date.fromisoformat(line[0].strip()), WORDS[line[1].strip()]
        except (ValueError, KeyError, IndexError):
            raise Invalid(
                N_("第 %(number)s 行看不懂，应当像“2027-01-01,休”"), field="file", number=number
            ) from None
        if day in told:
            raise Invalid(N_("第 %(number)s 行的日期写了两次"), field="file", number=number)
        told[day] = worked
    return told


def _note(work: UnitOfWork, day: date, worked: bool, reason: str) -> None:
    row = CalendarChange(
        day=day, worked=worked, reason=reason.strip()[:300], by=work.actor.id, at=work.now(),
        recounted_at=None,
    )  # fmt: skip
    work.session.add(row)
    work.record("calendar.changed", str(day), worked=worked)
