"""Clearing: reminded once, the day before; forgotten after a week, both bookings and numbers."""

from sqlalchemy import func, select

from servicehall.city.offices import window
from servicehall.kernel.work import SYSTEM
from servicehall.notices import outbox
from servicehall.visits import booking, calling, clearing
from servicehall.visits.models import Appointment, Ticket
from tests.cases.halls import Scene

HALL = window().code


def test_reminded_once_and_forgotten_in_time(stage: Scene) -> None:
    with stage.work("wang") as work:
        booking.book(work, HALL, booking.days(work)[1], 600)
    with stage.work("clerk") as work:
        calling.draw(work, HALL)
    with stage.hall.work(SYSTEM) as work:
        assert clearing.remind(work)
        work.commit()
        assert not clearing.remind(work)
    with stage.work("wang") as work:
        assert any("预约" in notice.text for notice in outbox.inbox(work))
    for days, left in ((7, 2), (8, 1), (9, 0)):
        with stage.later(days=days), stage.hall.work(SYSTEM) as work:
            assert not clearing.forget(work)
            if work.unfinished:
                work.commit()
            kept = [
                work.session.scalar(select(func.count()).select_from(k))
                for k in (Appointment, Ticket)
            ]
            assert sum(n or 0 for n in kept) == left
