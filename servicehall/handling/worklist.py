"""Worklist (待办): which cases wait for whom, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true

from servicehall.cases.models import Case, Review
from servicehall.cases.states import State
from servicehall.identity import directory, policy
from servicehall.kernel.clock import local_date
from servicehall.kernel.work import UnitOfWork

PAGE = 30
Which = Literal["accept", "review", "decide", "paused", "correction", "done"]
WHICH: tuple[Which, ...] = ("accept", "review", "decide", "paused", "correction", "done")


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases and the id to go on after, 0 at the end."""

    cases: Sequence[Case]
    next: int


def queue(work: UnitOfWork, which: Which, *, after: int = 0) -> Page:
    """One page of *which* cases that lie with the actor's department, oldest first, keyset by id.

    Cases of one item fall due in the order in which they came, so the oldest is the most urgent.
    """
    policy.require(work.actor, "case.read")
    condition = and_(_CONDITIONS[which], _lies_with(work, which), Case.id > after)
    rows = work.session.scalars(
        select(Case).where(condition).order_by(Case.id).limit(PAGE + 1)
    ).all()
    return Page(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else 0)


def counts(work: UnitOfWork) -> dict[Which, int]:
    """How many cases wait in each list of the actor's department."""
    policy.require(work.actor, "case.read")
    return {which: _count(work, which) for which in WHICH}


def light(work: UnitOfWork, case: Case) -> str:
    """green, yellow (half of the promise used), red (nine tenths), overdue, or none (no date)."""
    waiting = case.state is State.SUBMITTED
    start = case.submitted_at if waiting else case.accepted_at
    due = case.accept_by if waiting else case.due_on
    if start is None or due is None or case.closed_at is not None:
        return "none"
    begun, today = local_date(start), work.today()
    if today > due:
        return "overdue"
    used = (today - begun).days / max(1, (due - begun).days)
    return "red" if used >= 0.9 else "yellow" if used >= 0.5 else "green"


def _count(work: UnitOfWork, which: Which) -> int:
    condition = and_(_CONDITIONS[which], _lies_with(work, which))
    return work.session.scalar(select(func.count()).select_from(Case).where(condition)) or 0


def _lies_with(work: UnitOfWork, which: Which) -> ColumnElement[bool]:
    mine = work.actor.department
    reviewing = exists().where(Review.case_id == Case.id, Review.department == mine)
    if which == "review":
        return and_(reviewing.where(Review.agrees.is_(None)))
    if which == "decide":
        return Case.department == mine
    if directory.department(work, mine).one_window:
        return true()
    return or_(Case.department == mine, reviewing)


_OPEN_REVIEW = exists().where(Review.case_id == Case.id, Review.agrees.is_(None))
_CONDITIONS: dict[Which, ColumnElement[bool]] = {
    "accept": Case.state == State.SUBMITTED,
    "review": Case.state == State.ACCEPTED,
    "decide": and_(Case.state == State.ACCEPTED, ~_OPEN_REVIEW),
    "paused": Case.state == State.SUSPENDED,
    "correction": Case.state == State.CORRECTION,
    "done": Case.state.in_([State.GRANTED, State.REFUSED, State.CLOSED, State.REFUSED_ACCEPTANCE]),
}
