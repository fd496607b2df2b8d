"""Calling (取号叫号): draw a number, call the next, say who did not come; the board names nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from servicehall.identity import policy
from servicehall.kernel import serials
from servicehall.kernel.clock import local
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.visits.booking import plan_of
from servicehall.visits.models import Appointment, Ticket

LATE = 10  # minutes after the booked slot has begun: then one waits like who walked in


@dataclass(frozen=True, slots=True)
class Board:
    """What the board of one department shows: numbers and windows, how many wait, about how long."""

    called: Sequence[Ticket]
    waiting: int
    minutes: int


def draw(work: UnitOfWork, department: str, *, booking: str = "") -> Ticket:
    """Draw a number (取号); who booked says so and is called in the slot. Raises NotFound, Invalid."""
    policy.require(work.actor, "visit.call")
    if plan_of(work, department) is None:
        raise NotFound
    slot = _arrived(work, department, booking) if booking.strip() else None
    number = serials.take(work.session, f"ticket:{department}:{work.today():%Y%m%d}")
    made = Ticket(
        department=department, day=work.today(), number=number, slot=slot, state="waiting",
        drawn_at=work.now(), called_at=None, ended_at=None,
    )  # fmt: skip
    work.session.add(made)
    work.record("ticket.drawn", f"{department}:{number}", booked=slot is not None)
    return made


def call(work: UnitOfWork, department: str, *, window: str) -> Ticket | None:
    """The next one to *window* (叫号): who booked and whose slot has begun, then in order of drawing.

    None where nobody waits. Raises Invalid without a window, Conflict while one is at it.
    """
    policy.require(work.actor, "visit.call")
    if not window.strip() or len(window.strip()) > 10:
        raise Invalid(N_("请填写窗口号"), field="window")
    if current(work, department):
        raise Conflict(N_("请先结束正在办理的号"))
    now = local(work.now())
    minute = now.hour * 60 + now.minute
    waiting = _of_today(work, department, "waiting")
    punctual = [t for t in waiting if t.slot is not None and t.slot <= minute <= t.slot + LATE]
    walked_in = [t for t in waiting if t.slot is None or t.slot + LATE < minute]
    for ticket in [*punctual, *walked_in, *waiting]:
        work.hold(ticket)
        if ticket.state == "waiting":  # nobody else called it meanwhile
            ticket.state, ticket.window = "called", window.strip()
            ticket.called_at, ticket.by = work.now(), work.actor.id
            work.record("ticket.called", f"{department}:{ticket.number}")
            return ticket
    return None


def current(work: UnitOfWork, department: str) -> Ticket | None:
    """The number that the actor has called and not ended."""
    called = _of_today(work, department, "called")
    return next((ticket for ticket in called if ticket.by == work.actor.id), None)


def end(work: UnitOfWork, department: str, *, came: bool) -> None:
    """The one who was called has been served, or did not come (过号). Raises NotFound without one."""
    policy.require(work.actor, "visit.call")
    ticket = current(work, department)
    if ticket is None:
        raise NotFound
    ticket.state, ticket.ended_at = ("served" if came else "no_show"), work.now()
    work.record("ticket.ended", f"{department}:{ticket.number}", came=came)


def board(work: UnitOfWork, department: str) -> Board:
    """The last calls and how long those who wait will, by the number of windows. Raises NotFound."""
    plan = plan_of(work, department)
    if plan is None:
        raise NotFound
    called = _of_today(work, department, "called")
    waiting = work.session.scalar(
        select(func.count()).where(
            Ticket.department == department, Ticket.day == work.today(), Ticket.state == "waiting"
        )
    )
    number = waiting or 0
    return Board(called[-8:][::-1], number, -(-number * plan.minutes // plan.windows))


def _arrived(work: UnitOfWork, department: str, booking: str) -> int:
    """The booked slot of whoever shows this booking, once."""
    found = work.session.scalar(
        select(Appointment).where(
            Appointment.key == booking.strip(), Appointment.department == department,
            Appointment.day == work.today(), Appointment.seat.is_not(None),
        )
    )  # fmt: skip
    if found is None or found.arrived_at is not None:
        raise Invalid(N_("没有找到今天的这个预约，或者已经取过号"), field="booking")
    found.arrived_at = work.now()
    return found.slot


def _of_today(work: UnitOfWork, department: str, state: str) -> Sequence[Ticket]:
    query = select(Ticket).where(
        Ticket.department == department, Ticket.day == work.today(), Ticket.state == state
    )
    order = (Ticket.called_at, Ticket.id) if state == "called" else (Ticket.id,)
    return work.session.scalars(query.order_by(*order)).all()
