"""The legal count done with a finger on the calendar: written without the hall's own counting."""

from collections.abc import Iterable
from datetime import date, timedelta

from chinese_calendar import is_workday

Stops = Iterable[tuple[date, date]]


def last_day(start: date, spans: Iterable[tuple[int, str]], stops: Stops = ()) -> date | None:
    """The day on which all *spans* (days, unit) after *start* have passed; None past the calendar.

    Days within *stops* (first, last) never count, nor does *start*.
    """
    day, closed = start, list(stops)
    try:
        for days, unit in spans:
            left = days
            while left:
                day += timedelta(days=1)
                if any(first <= day <= last for first, last in closed):
                    continue
                left -= unit == "natural_day" or is_workday(day)
    except NotImplementedError:
        return None
    return day
