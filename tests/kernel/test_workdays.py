"""Working days: the vectors of the design, and counting one by one as the law says."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from servicehall.kernel import workdays
from servicehall.kernel.workdays import Calendar, Unpublished, Workday


@pytest.fixture(scope="module")
def published():
    return Calendar(dict(workdays._published()))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2025, 9, 26), 5, date(2025, 10, 10)),
        (date(2025, 9, 26), 7, date(2025, 10, 13)),
        (date(2025, 9, 26), 20, date(2025, 10, 30)),
        (date(2026, 2, 11), 5, date(2026, 2, 25)),
        (date(2026, 2, 11), 20, date(2026, 3, 17)),
        (date(2025, 12, 30), 10, date(2026, 1, 14)),
        (date(2025, 9, 26), 0, date(2025, 9, 26)),
    ],
)
def test_the_first_day_does_not_count_and_makeup_days_do(published, start, days, end):
    assert published.after(start, days) == end
    assert published.between(start, end) == days


def test_suspended_days_do_not_count(published):
    def paused(day):
        return date(2025, 10, 13) <= day <= date(2025, 10, 24)

    assert published.after(date(2025, 9, 26), 20, paused=paused) == date(2025, 11, 13)


def test_makeup_sundays_are_worked_and_national_day_is_not(published):
    assert published.is_worked(date(2025, 9, 28))
    assert not published.is_worked(date(2025, 10, 1))


starts = st.dates(date(2024, 1, 1), date(2025, 12, 31))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(starts, st.integers(0, 120), st.sets(st.integers(0, 60), max_size=10))
def test_the_end_is_the_day_on_which_so_many_have_passed(published, start, days, gaps):
    off = {start + timedelta(days=n) for n in gaps}
    end = published.after(start, days, paused=off.__contains__)
    passed = [
        day
        for n in range(1, (end - start).days + 1)
        if published.days[day := start + timedelta(days=n)] and day not in off
    ]
    assert len(passed) == days
    if days:
        assert passed[-1] == end


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(starts, st.integers(-60, 200))
def test_between_counts_each_worked_day_once(published, start, span):
    end = start + timedelta(days=span)
    expected = sum(worked for day, worked in published.days.items() if start < day <= end)
    assert published.between(start, end) == expected


def test_nobody_guesses_what_is_not_published(published):
    last = max(published.days)
    with pytest.raises(Unpublished) as raised:
        published.after(last, 1)
    assert raised.value.year == last.year + 1
    with pytest.raises(Unpublished):
        published.is_worked(date(2023, 12, 31))


def test_seeding_adds_what_is_missing_and_keeps_what_was_changed(work):
    added = workdays.seed(work.session)
    assert added > 700
    work.session.flush()
    day = work.session.scalars(select(Workday).where(Workday.day == date(2026, 3, 2))).one()
    day.worked = False  # an administrator knows better
    work.session.flush()
    assert workdays.seed(work.session) == 0
    assert not workdays.calendar(work.session).is_worked(date(2026, 3, 2))
    assert workdays.calendar(work.session).is_worked(date(2026, 3, 3))


def test_an_empty_calendar_knows_nothing(work):
    with pytest.raises(Unpublished):
        workdays.calendar(work.session).after(date(2026, 3, 2), 1)


def test_less_than_no_days_end_at_once(published):
    assert published.after(date(2026, 3, 2), -3) == date(2026, 3, 2)
