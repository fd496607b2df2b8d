"""Hours: laid out by whoever plans, one span a line; what is wrong is named with its line."""

from datetime import date, timedelta

import pytest

from servicehall.city.offices import office_of, window
from servicehall.kernel.errors import Forbidden, Invalid
from servicehall.visits import booking, hours
from tests.cases.halls import Scene

POLICE, MONDAY = office_of("公安").code, date(2026, 3, 2)


def test_what_is_typed_is_what_can_be_booked(stage: Scene) -> None:
    with stage.work("items") as work:
        plan = hours.lay_out(
            work, POLICE, said="9:00-11:30\n\n14：00 至 17：00", minutes=30, windows=2
        )
        assert hours.told(plan) == "09:00-11:30\n14:00-17:00"
    with stage.work("wang") as work:
        free = booking.free(work, POLICE, MONDAY + timedelta(days=1))
        assert (min(free), max(free), free[540]) == (540, 990, 2)
        booking.book(work, POLICE, MONDAY + timedelta(days=1), 540)
    with stage.work("items") as work:
        assert hours.told(hours.lay_out(work, POLICE, said=" ", minutes=30, windows=2)) == ""
    with stage.work("wang") as work:
        assert booking.free(work, POLICE, MONDAY + timedelta(days=1)) == {}
        assert [one.department for one in booking.mine(work)] == [POLICE]  # what is booked stays


@pytest.mark.parametrize(("said", "minutes", "windows", "field"), [
    ("九点到十二点", 30, 1, "spans"), ("12:00-09:00", 30, 1, "spans"),
    ("09:00-12:00\n11:00-13:00", 30, 1, "spans"), ("09:00-09:10", 30, 1, "spans"),
    ("09:60-12:00", 30, 1, "spans"), ("23:00-25:00", 30, 1, "spans"),
    ("09:00-12:00", 0, 1, "minutes"), ("09:00-12:00", 30, 0, "windows"),
])  # fmt: skip
def test_what_is_wrong_is_named(
    stage: Scene, said: str, minutes: int, windows: int, field: str
) -> None:
    with stage.work("items") as work:
        with pytest.raises(Invalid) as refused:
            hours.lay_out(work, POLICE, said=said, minutes=minutes, windows=windows)
        assert refused.value.field == field
        if "\n" in said:
            assert refused.value.params["line"] == 2


def test_who_may(stage: Scene) -> None:
    with stage.work("clerk") as work, pytest.raises(Forbidden):
        hours.lay_out(work, window().code, said="", minutes=30, windows=1)
    with stage.work("items") as work, pytest.raises(Invalid, match="请选择部门"):
        hours.lay_out(work, "no-such", said="", minutes=30, windows=1)
