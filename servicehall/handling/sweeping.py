"""Sweeping (到期与收尾): what is due now in every case; run by the worker, harmless to run again."""

from collections.abc import Callable, Iterator

from sqlalchemy import select

from servicehall.cases.models import Case, PendingCheck
from servicehall.cases.states import OPEN, State
from servicehall.handling import acceptance, decisions
from servicehall.kernel.work import UnitOfWork


def unfinished(work: UnitOfWork) -> Iterator[Case]:
    """Cases granted but not closed: their license is still to be signed or delivered."""
    yield from work.session.scalars(select(Case).where(Case.state == State.GRANTED)).all()


def silent(work: UnitOfWork) -> Iterator[Case]:
    """Submitted cases whose five days for acceptance are over: accepted by law."""
    overdue = select(Case).where(Case.state == State.SUBMITTED, Case.accept_by < work.today())
    yield from work.session.scalars(overdue).all()


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
