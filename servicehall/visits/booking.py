"""Booking (预约): free slots of a window's working days; a seat is the database's to give, never two."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from servicehall.identity import directory, policy
from servicehall.kernel import workdays
from servicehall.kernel.clock import local
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.kernel.workdays import Unpublished
from servicehall.visits.models import Appointment, VisitPlan

AHEAD = 14  # civil days
Slots = dict[int, int]  # first minute → seats left


def lay_out(
    work: UnitOfWork, department: str, *, spans: Sequence[tuple[int, int]], minutes: int, windows: int
) -> VisitPlan:  # fmt: skip
    """Say when the windows of *department* are open, and how many there are (minutes of the day)."""
    plan = plan_of(work, department)
    if plan is None:
        plan = VisitPlan(department=department, spans=[], minutes=minutes, windows=windows)
        work.session.add(plan)
    plan.spans, plan.minutes, plan.windows = [list(span) for span in spans], minutes, windows
    work.record("visit.planned", department, minutes=minutes, windows=windows)
    return plan


def plan_of(work: UnitOfWork, department: str) -> VisitPlan | None:
    """When the windows of *department* are open; None where nobody can book."""
    return work.session.scalar(select(VisitPlan).where(VisitPlan.department == department))


def places(work: UnitOfWork) -> Sequence[VisitPlan]:
    """Every department whose windows can be booked."""
    return work.session.scalars(select(VisitPlan).order_by(VisitPlan.id)).all()


def days(work: UnitOfWork) -> list[date]:
    """The working days that can be booked; none of a year whose calendar is not published."""
    calendar, known = workdays.calendar(work.session), []
    for ahead in range(AHEAD):
        day = work.today() + timedelta(days=ahead)
        try:
            if calendar.is_worked(day):
                known.append(day)
        except Unpublished:
            break
    return known


def free(work: UnitOfWork, department: str, day: date) -> Slots:
    """The slots of *day* that have not begun, and the seats left in each. Raises NotFound, Invalid."""
    plan = plan_of(work, department)
    if plan is None:
        raise NotFound
    if day not in days(work):
        raise Invalid(N_("请选择两周以内的工作日"), field="day")
    taken = _taken(work, department, day)
    now = local(work.now())
    passed = now.hour * 60 + now.minute if day == work.today() else -1
    return {
        slot: max(0, plan.windows - taken.get(slot, 0))
        for first, last in plan.spans
        for slot in range(first, last - plan.minutes + 1, plan.minutes)
        if slot > passed
    }


def book(work: UnitOfWork, department: str, day: date, slot: int, *, item: str = "") -> Appointment:
    """Take a seat (预约). Who has one at this department gives it up for the new one (改约).

    Raises Invalid for a slot that is none, Conflict where the last seat has just gone.
    """
    policy.require(work.actor, "visit.book")
    work.hold(directory.person(work, work.actor.person))
    if slot not in free(work, department, day):
        raise Invalid(N_("请选择一个还没有过去的时段"), field="slot")
    plan, before = plan_of(work, department), _mine_at(work, department)
    for seat in range(1, (plan.windows if plan else 0) + 1):
        if made := _sit(work, department, day, slot, seat, item):
            if before:
                before.seat = None
            work.record("visit.booked", made.key, person=made.party, day=str(day), slot=slot)
            return made
    raise Conflict(N_("这个时段刚刚约满，请选别的时段"))


def cancel(work: UnitOfWork, key: str) -> None:
    """Give the seat back (取消预约). Raises NotFound for one that is not the actor's."""
    found = work.session.scalar(select(Appointment).where(Appointment.key == key))
    if found is None or found.party != work.actor.party or found.seat is None:
        raise NotFound
    found.seat = None
    work.record("visit.cancelled", found.key, person=found.party)


def mine(work: UnitOfWork) -> Sequence[Appointment]:
    """The actor's bookings from today on, the next first."""
    own = Appointment.party == work.actor.party, Appointment.seat.is_not(None)
    query = select(Appointment).where(*own, Appointment.day >= work.today())
    return work.session.scalars(query.order_by(Appointment.day, Appointment.slot)).all()


def for_item(work: UnitOfWork, item: str) -> Sequence[Appointment]:
    """The actor's bookings to come for *item* (这件事的预约)."""
    return [one for one in mine(work) if one.item == item]


def spoken(slot: int) -> str:
    """The first minute of a slot as a clock shows it."""
    return f"{slot // 60:02d}:{slot % 60:02d}"


def _sit(
    work: UnitOfWork, department: str, day: date, slot: int, seat: int, item: str
) -> Appointment | None:
    made = Appointment(
        key=directory.new_key(), party=work.actor.party, department=department, day=day, slot=slot,
        seat=seat, item=item, booked_at=work.now(), reminded_at=None, arrived_at=None,
    )  # fmt: skip
    try:
        with work.session.begin_nested():
            work.session.add(made)
    except IntegrityError:  # somebody sits there
        return None
    return made


def _mine_at(work: UnitOfWork, department: str) -> Appointment | None:
    return next((a for a in mine(work) if a.department == department and not a.arrived_at), None)


def _taken(work: UnitOfWork, department: str, day: date) -> dict[int, int]:
    query = select(Appointment.slot, func.count()).where(
        Appointment.department == department, Appointment.day == day, Appointment.seat.is_not(None)
    )
    return dict(work.session.execute(query.group_by(Appointment.slot)).all())
