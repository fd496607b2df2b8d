"""Reckoning (重新计算): after the calendar changed, every open date is counted again and told."""

from collections.abc import Iterator

from sqlalchemy import select

from servicehall.calendars.models import CalendarChange
from servicehall.cases import deadlines
from servicehall.cases.models import Case
from servicehall.cases.states import DECIDED, OPEN, State
from servicehall.kernel.clock import local_date
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.notices import outbox


def recount_one(work: UnitOfWork, tried: set[int]) -> bool:
    """After the oldest change not counted yet: all open cases, in one transaction; again is harmless."""
    query = select(CalendarChange).where(CalendarChange.recounted_at.is_(None))
    change = work.session.scalar(query.order_by(CalendarChange.id).limit(1))
    if change is None or change.id in tried:
        return False
    tried.add(change.id)
    moved = [case for case in _open(work) if _recount(work, case)]
    change.recounted_at = work.now()
    work.record("calendar.recounted", str(change.day), cases=len(moved))
    return True


def _open(work: UnitOfWork) -> Iterator[Case]:
    query = select(Case).where(Case.state.in_(OPEN | DECIDED)).order_by(Case.id)
    yield from work.session.scalars(query).all()


def _recount(work: UnitOfWork, case: Case) -> bool:
    """Whether a date of the case is another one now; then its applicant is told."""
    work.hold(case)
    before = _dates(case)
    corrected = case.correction and case.correction.answered_at
    if case.state is State.SUBMITTED and case.submitted_at:
        received = local_date(corrected or case.submitted_at)
        case.accept_by = deadlines.due(work, received, deadlines.ACCEPT_WITHIN)
    if case.state is State.CORRECTION and case.correction:
        asked = local_date(case.correction.asked_at)
        case.correction.answer_by = deadlines.due(work, asked, deadlines.CORRECT_WITHIN)
    if case.state in (State.ACCEPTED, State.SUSPENDED):
        deadlines.set_clock(work, case)
    if case.state in DECIDED and case.delivery and case.decided_at:
        decided = local_date(case.decided_at)
        case.delivery.due_on = deadlines.due(work, decided, deadlines.DELIVER_WITHIN)
    if _dates(case) == before:
        return False
    work.record("case.recounted", case.matter, person=case.party)
    outbox.post(
        work, case.party, case.matter,
        N_("工作日历有调整，您的办件 %(number)s“%(item)s”的期限已重新计算，请查看"),
        number=case.number, item=case.item_name,
    )  # fmt: skip
    return True


def _dates(case: Case) -> tuple[object, ...]:
    return (
        case.accept_by, case.due_on, case.statutory_on,
        case.correction and case.correction.answer_by, case.delivery and case.delivery.due_on,
        *(review.due_on for review in case.reviews),
    )  # fmt: skip
