"""Supervision (电子监察): how many cases stand where, and which are late."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from servicehall.cases.models import Case
from servicehall.cases.states import OPEN, State
from servicehall.identity import policy
from servicehall.identity.models import Department
from servicehall.kernel.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one department."""

    name: str
    open: int
    late: int
    closed: int


def counts(work: UnitOfWork) -> dict[State, int]:
    """How many cases are in each state."""
    policy.require(work.actor, "oversight.board")
    rows = work.session.execute(select(Case.state, func.count()).group_by(Case.state)).all()
    found: dict[State, int] = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in State if state is not State.DRAFT}


def late(work: UnitOfWork, most: int = 50) -> Sequence[Case]:
    """Open cases past their promised day, the latest first."""
    policy.require(work.actor, "oversight.board")
    return work.session.scalars(
        select(Case)
        .where(Case.state.in_(OPEN), Case.due_on < work.today())
        .order_by(Case.due_on)
        .limit(most)
    ).all()


def departments(work: UnitOfWork) -> list[Row]:
    """Open, late and closed cases of each department that has any."""
    policy.require(work.actor, "oversight.board")
    is_open, is_late = Case.state.in_(OPEN), Case.due_on < work.today()
    rows = work.session.execute(
        select(
            Department.name,
            func.count().filter(is_open),
            func.count().filter(is_open & is_late),
            func.count().filter(Case.state == State.CLOSED),
        )
        .join(Case, Case.department == Department.code)
        .where(Case.state != State.DRAFT)
        .group_by(Department.name)
        .order_by(Department.name)
    ).all()
    return [Row(*row) for row in rows]
