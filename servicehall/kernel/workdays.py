"""Working days (工作日): the calendar and counting on it (行政许可法 82 条, 民法典 201 条)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chinese_calendar import is_workday
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from servicehall.kernel.database import Base

FIRST_YEAR = 2024


class Workday(Base):
    """One civil day (工作日历): worked or not, holidays and 调休 included."""

    __tablename__ = "workday"

    day: Mapped[date] = mapped_column(unique=True)
    worked: Mapped[bool]


class Unpublished(Exception):
    """The holidays of ``year`` have not been published; nobody guesses them."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no calendar for {year}")
        self.year = year


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that are known, and which of them are worked."""

    days: dict[date, bool]

    def is_worked(self, day: date) -> bool:
        """Whether *day* is a working day. Raises Unpublished past the last loaded year."""
        try:
            return self.days[day]
        except KeyError:
            raise Unpublished(day.year) from None

    @property
    def last_year(self) -> int:
        """The last year that is known. Raises Unpublished where none is."""
        if not self.days:
            raise Unpublished(FIRST_YEAR)
        return max(self.days).year

    def after(
        self, start: date, days: int, *, paused: Callable[[date], bool] = lambda day: False
    ) -> date:
        """The working day on which *days* of them have passed since *start*, itself not counted.

        Days for which *paused* is true (特别程序) do not count. Raises Unpublished.
        """
        day = start
        while days > 0:
            day += timedelta(days=1)
            if self.is_worked(day) and not paused(day):
                days -= 1
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after *start* up to and including *end*; 0 if none."""
        span = (start + timedelta(days=n + 1) for n in range((end - start).days))
        return sum(self.is_worked(day) for day in span)


def seed(session: Session) -> int:
    """Load what chinesecalendar knows and the table does not; the number of days added."""
    known = set(session.scalars(select(Workday.day)))
    added = [Workday(day=d, worked=w) for d, w in _published() if d not in known]
    session.add_all(added)
    return len(added)


def calendar(session: Session) -> Calendar:
    """Every known day."""
    rows: Sequence[tuple[date, bool]] = session.execute(select(Workday.day, Workday.worked)).all()
    return Calendar(dict(rows))


def due(session: Session, start: date, days: int) -> date | None:
    """The working day on which *days* have passed since *start*; None past what is published."""
    try:
        return calendar(session).after(start, days)
    except Unpublished:
        return None


def _published() -> list[tuple[date, bool]]:
    days, day = [], date(FIRST_YEAR, 1, 1)
    while True:
        try:
            days.append((day, bool(is_workday(day))))
        except NotImplementedError:  # past the last year it knows
            return days
        day += timedelta(days=1)
