"""Sweeping (到期与收尾): what is due now in every case; run by the worker, harmless to run again."""

from collections.abc import Iterator

from sqlalchemy import select

from servicehall.cases import acceptance, decisions
from servicehall.cases.models import Case
from servicehall.cases.states import State
from servicehall.kernel.work import UnitOfWork


def unfinished(work: UnitOfWork) -> Iterator[Case]:
    """Cases granted but not closed: their license is still to be signed or delivered."""
    yield from work.session.scalars(select(Case).where(Case.state == State.GRANTED)).all()


def silent(work: UnitOfWork) -> Iterator[Case]:
    """Submitted cases whose five days for acceptance are over: accepted by law."""
    overdue = select(Case).where(Case.state == State.SUBMITTED, Case.accept_by < work.today())
    yield from work.session.scalars(overdue).all()


def finish_one(work: UnitOfWork) -> bool:
    """Finish one granted case, if there is one; the caller commits each."""
    for case in unfinished(work):
        decisions.finish(work, case)
        return True
    return False


def accept_one(work: UnitOfWork) -> bool:
    """Silence of the office is acceptance (行政许可法 第32条): accept one such case, if any.

    It counts as accepted on the day the materials were received.
    """
    for case in silent(work):
        acceptance.accept_by_silence(work, case)
        return True
    return False
