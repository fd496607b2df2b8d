"""Time (时间): the only place that asks what time it is."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

BEIJING = timezone(timedelta(hours=8), "CST")


class Clock(Protocol):
    """Tells the time, aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """*moment* as the wall clock of the hall shows it (北京时间)."""
    return moment.astimezone(BEIJING)


def local_date(moment: datetime) -> date:
    """The civil day of *moment* in the hall (北京时间)."""
    return local(moment).date()
