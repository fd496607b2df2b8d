"""Time is aware, in UTC, and civil days are those of Beijing."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.clock import BEIJING, SystemClock, local, local_date


def test_the_system_clock_tells_aware_time_in_utc():
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_day_in_the_hall_begins_at_sixteen_hours_utc():
    assert local_date(datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert local_date(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_local_time_is_the_same_moment_eight_hours_on(moment):
    assert local(moment) == moment
    assert local(moment).tzinfo is BEIJING
    assert local(moment).utcoffset() == timedelta(hours=8)
