"""Steps: when the time of a step is half used, nine tenths used, over; counted another way."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from servicehall.desk import steps

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(begun=DAYS, span=st.integers(0, 400))
def test_the_lights_turn_on_the_first_day_that_uses_so_much(begun: date, span: int) -> None:
    due = begun + timedelta(days=span)
    turns = steps.lights(begun, due)
    whole = max(1, span)
    day = lambda tenths: next(  # noqa: E731
        begun + timedelta(days=n) for n in range(500) if n * 10 >= whole * tenths
    )
    assert (turns["yellow_on"], turns["red_on"]) == (day(5), day(9))


def test_what_nobody_can_know_yet_is_last_and_never_red() -> None:
    turns = steps.lights(date(2026, 12, 30), None)
    assert {turns["yellow_on"], turns["red_on"], turns["due_on"]} == {steps.UNKNOWN}
