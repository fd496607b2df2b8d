"""Clearing (提醒和清除): the notice of the day before, and forgetting what is a week old."""

from datetime import timedelta

from sqlalchemy import delete, select

from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.notices import outbox
from servicehall.visits import booking
from servicehall.visits.models import Appointment, Ticket

KEPT_DAYS = 7
AT_ONCE = 100


def remind(work: UnitOfWork) -> bool:
    """Tell those who booked for tomorrow (预约提醒), once each; whether there was anybody."""
    tomorrow = work.today() + timedelta(days=1)
    due = select(Appointment).where(
        Appointment.day == tomorrow, Appointment.seat.is_not(None),
        Appointment.reminded_at.is_(None),
    )  # fmt: skip
    found = work.session.scalars(due.limit(AT_ONCE)).all()
    for one in found:
        one.reminded_at = work.now()
        work.record("visit.reminded", one.key, person=one.party)
        outbox.post(
            work, one.party, one.key, N_("您预约了 %(day)s %(time)s 到窗口办理，来不了请提前取消"),
            day=str(one.day), time=booking.spoken(one.slot),
        )  # fmt: skip
    return bool(found)


def forget(work: UnitOfWork) -> bool:
    """Bookings and numbers of more than a week ago go (个人信息保护法 第19条); whether there were any."""
    before = work.today() - timedelta(days=KEPT_DAYS)
    gone = 0
    for kind in (Appointment, Ticket):
        old = select(kind.id).where(kind.day < before).limit(1)
        if work.session.scalar(old) is not None:
            done = work.session.execute(delete(kind).where(kind.day < before))
            gone += done.rowcount  # type: ignore[attr-defined]
    if gone:
        work.record("visit.forgotten", "visits", rows=gone)
    return False  # all at once: nothing is left for a second turn
