"""Booking: open days and slots only, one seat each, never more than there are windows, also at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from servicehall.city.offices import window
from servicehall.kernel.errors import Conflict, Forbidden, HallError, Invalid, NotFound
from servicehall.visits import booking
from servicehall.visits.models import Appointment
from tests.cases.halls import Scene

HALL, MONDAY, SATURDAY = window().code, date(2026, 3, 2), date(2026, 3, 7)
TEN = 600


def test_working_days_and_slots_that_have_not_passed(stage: Scene) -> None:
    with stage.work("wang") as work:
        days = booking.days(work)
        assert MONDAY in days
        assert SATURDAY not in days
        assert len(days) == 10
        today = booking.free(work, HALL, MONDAY)  # it is noon
        assert min(today) == 810
        assert booking.free(work, HALL, MONDAY + timedelta(days=1))[540] == 3
        assert max(today) == 990
        for wrong in (SATURDAY, MONDAY - timedelta(days=1), MONDAY + timedelta(days=30)):
            with pytest.raises(Invalid):
                booking.free(work, HALL, wrong)
        with pytest.raises(NotFound):
            booking.free(work, "nowhere", MONDAY)
        with pytest.raises(Invalid):
            booking.book(work, HALL, MONDAY, TEN)
    with stage.work("clerk") as work, pytest.raises(Forbidden):
        booking.book(work, HALL, MONDAY, 810)
    assert booking.spoken(545) == "09:05"


def test_rebooked_and_cancelled(stage: Scene) -> None:
    day = MONDAY + timedelta(days=1)
    with stage.work("wang") as work:
        booking.book(work, HALL, day, TEN)
    with stage.work("wang") as work:
        second = booking.book(work, HALL, day, TEN + 30)
    with stage.work("wang") as work:
        assert [a.slot for a in booking.mine(work)] == [TEN + 30]
        assert booking.free(work, HALL, day)[TEN] == 3
    with stage.work("chen") as work, pytest.raises(NotFound):
        booking.cancel(work, second.key)
    with stage.work("wang") as work:
        booking.cancel(work, second.key)
        assert booking.mine(work) == []
    with stage.work("wang") as work, pytest.raises(NotFound):
        booking.cancel(work, second.key)


def test_one_seat_for_three_who_come_at_once(stage: Scene) -> None:
    day = MONDAY + timedelta(days=2)
    with stage.work("auditor") as work:
        booking.lay_out(work, HALL, spans=((540, 720), (810, 1020)), minutes=30, windows=1)

    def book(login: str) -> str:
        try:
            with stage.work(login) as work:
                booking.book(work, HALL, day, TEN)
        except Conflict:
            return "full"
        except HallError as error:
            return repr(error)
        return "booked"

    with ThreadPoolExecutor(3) as pool:
        told = sorted(pool.map(book, ("wang", "li", "chen")))
    assert told == ["booked", "full", "full"]
    with stage.work("auditor") as work:
        seats = work.session.query(Appointment.seat).filter_by(day=day, slot=TEN).all()
        assert [s for (s,) in seats if s] == [1]
        booking.lay_out(work, HALL, spans=((540, 720), (810, 1020)), minutes=30, windows=3)


def test_the_bookings_of_one_matter(stage: Scene) -> None:
    with stage.work("chen") as work:
        made = booking.book(work, HALL, MONDAY + timedelta(days=2), TEN, item="some-item")
        assert booking.for_item(work, "some-item") == [made]
        assert booking.for_item(work, "another") == []
        booking.cancel(work, made.key)
        assert booking.for_item(work, "some-item") == []
