"""Sweeping (到期与收尾): what is due now in every case; run by the worker, harmless to run again."""

from collections.abc import Callable, Iterator

from sqlalchemy import select

from servicehall.cases.later import Delivery
from servicehall.cases.models import Case, Correction, PendingCheck, Review
from servicehall.cases.states import DECIDED, OPEN, State
from servicehall.handling import acceptance, decisions, delivering, reviewing
from servicehall.kernel.work import UnitOfWork


def unfinished(work: UnitOfWork) -> Iterator[Case]:
    """Cases granted but not closed: their license is still to be signed or delivered."""
    yield from work.session.scalars(select(Case).where(Case.state == State.GRANTED)).all()


def silent(work: UnitOfWork) -> Iterator[Case]:
    """Submitted cases whose five days for acceptance are over: accepted by law."""
    overdue = select(Case).where(Case.state == State.SUBMITTED, Case.accept_by < work.today())
    yield from work.session.scalars(overdue).all()


def unsupplied(work: UnitOfWork) -> Iterator[Case]:
    """Accepted cases whose missing papers did not come by the day agreed (容缺逾期)."""
    late = select(Case).where(Case.state == State.ACCEPTED, Case.supply_by < work.today())
    yield from work.session.scalars(late).all()


def refuse_one(work: UnitOfWork, tried: set[int] | None = None) -> bool:
    """Refuse one case whose missing papers did not come, if any. *tried* as in ``finish_one``."""
    return _one(work, unsupplied(work), tried, decisions.refuse_unsupplied)


def unverified(work: UnitOfWork, tried: set[int]) -> Case | None:
    """A case with values 待核验 that is due to be asked about again and not among *tried* yet.

    Whoever takes it puts the questions on record, commits, and fetches (``rechecking``).
    """
    due = (
        select(Case)
        .join(PendingCheck)
        .where(PendingCheck.due_at <= work.now(), Case.state.in_(OPEN), Case.id.not_in(tried))
        .order_by(PendingCheck.due_at)
        .limit(1)
    )
    found = work.session.scalar(due)
    if found:
        tried.add(found.id)
    return found


def uncorrected(work: UnitOfWork) -> Iterator[Case]:
    """Cases whose correction did not come by its day (补正不来)."""
    late = (Correction.answered_at.is_(None), Correction.answer_by < work.today())
    waiting = select(Case).join(Correction).where(*late, Case.state == State.CORRECTION)
    yield from work.session.scalars(waiting).all()


def unanswered(work: UnitOfWork) -> Iterator[Case]:
    """Cases in which a department is silent beyond its days, and that counts as agreement."""
    late = (Review.defaults, Review.agrees.is_(None), Review.due_on < work.today())
    waiting = select(Case).join(Review).where(*late, Case.state == State.ACCEPTED).distinct()
    yield from work.session.scalars(waiting).all()


def unrenewed(work: UnitOfWork) -> Iterator[Case]:
    """Renewals asked for in time whose license expired before they were decided."""
    held = (Case.renews_until.is_not(None), Case.renews_until < work.today())
    undecided = Case.state.in_((State.ACCEPTED, State.SUSPENDED))
    yield from work.session.scalars(select(Case).where(*held, undecided)).all()


def undelivered(work: UnitOfWork) -> Iterator[Case]:
    """Granted cases whose ten days for delivery are over, and nobody has said so yet."""
    late = (Delivery.delivered_at.is_(None), Delivery.late_at.is_(None),
            Delivery.due_on < work.today())  # fmt: skip
    waiting = select(Case).join(Delivery).where(*late, Case.state.in_(DECIDED))
    yield from work.session.scalars(waiting).all()


def finish_one(work: UnitOfWork, tried: set[int] | None = None) -> bool:
    """Finish one granted case that is not among *tried* (row numbers), and put it there first.

    The caller commits each. A case that fails is tried once a round and holds up no other.
    """
    return _one(work, unfinished(work), tried, decisions.finish)


def accept_one(work: UnitOfWork, tried: set[int] | None = None) -> bool:
    """Silence of the office is acceptance (行政许可法 第32条): accept one such case, if any.

    It counts as accepted on the day the materials were received. *tried* as in ``finish_one``.
    """
    return _one(work, silent(work), tried, acceptance.accept_by_silence)


def uncorrected_one(work: UnitOfWork, tried: set[int] | None = None) -> bool:
    """End one case whose correction did not come. *tried* as in ``finish_one``."""
    return _one(work, uncorrected(work), tried, acceptance.end_uncorrected)


def agree_one(work: UnitOfWork, tried: set[int] | None = None) -> bool:
    """Count the silence of departments as agreement in one case. *tried* as in ``finish_one``."""
    return _one(work, unanswered(work), tried, reviewing.agree_by_silence)


def renew_one(work: UnitOfWork, tried: set[int] | None = None) -> bool:
    """Grant one renewal by silence (行政许可法 第50条). *tried* as in ``finish_one``."""
    return _one(work, unrenewed(work), tried, decisions.grant_by_silence)


def warn_one(work: UnitOfWork, tried: set[int] | None = None) -> bool:
    """Say of one case that its delivery is late. *tried* as in ``finish_one``."""
    return _one(work, undelivered(work), tried, delivering.is_late)


def _one(
    work: UnitOfWork,
    cases: Iterator[Case],
    tried: set[int] | None,
    verb: Callable[[UnitOfWork, Case], None],
) -> bool:
    known = set() if tried is None else tried
    for case in cases:
        if case.id not in known:
            known.add(case.id)
            verb(work, case)
            return True
    return False


Timer = Callable[[UnitOfWork, set[int]], bool]
TIMERS: dict[str, Timer] = {  # by what ``servicehall timers run`` calls them, in this order
    "accepted_by_silence": accept_one,
    "uncorrected": uncorrected_one,
    "unsupplied": refuse_one,
    "review_defaulted": agree_one,
    "granted_by_silence": renew_one,
    "finished": finish_one,
    "delivery_late": warn_one,
}
