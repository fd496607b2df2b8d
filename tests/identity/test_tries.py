"""Whoever guesses has to wait, and learns nothing about which names exist."""

from datetime import timedelta

from sqlalchemy import func, select

from servicehall.identity import tries
from servicehall.identity.models import SignInTry
from servicehall.kernel.errors import TooMany


def miss(begin, times, login="anybody"):
    for _ in range(times):
        with begin() as work:
            tries.failed(work, login)
            work.record("test.missed", "unknown")
            work.commit()


def waits(begin, login="anybody"):
    with begin() as work:
        try:
            tries.allow(work, login)
        except TooMany as refused:
            return refused.retry_after
    return 0


def test_nine_failures_are_free_and_the_tenth_waits(begin):
    miss(begin, 9)
    assert waits(begin) == 0
    miss(begin, 1)
    assert waits(begin) == 2
    assert waits(begin, "another") == 0


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(begin):
    seen = []
    miss(begin, 9)
    for _ in range(13):
        miss(begin, 1)
        seen.append(waits(begin) - 1)
    assert seen == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


def test_after_a_hundred_a_day_passes_between_tries(begin, clock):
    miss(begin, tries.HARD_CAP)
    assert waits(begin) == 86401
    clock.forward(days=1)
    assert waits(begin) == 0
    miss(begin, 1)
    assert waits(begin) == 86401


def test_success_begins_anew(begin):
    miss(begin, 12)
    with begin() as work:
        tries.succeeded(work, "anybody")
        work.record("test.proved", "anybody")
        work.commit()
    assert waits(begin) == 0


def test_made_up_names_do_not_pile_up(begin, clock):
    for number in range(20):
        miss(begin, 1, f"made-up-{number}")
    clock.moment += timedelta(days=3)
    miss(begin, 1)
    with begin() as work:
        assert work.session.scalar(select(func.count()).select_from(SignInTry)) == 1
        assert "made-up" not in str(work.session.scalars(select(SignInTry.login)).all())
