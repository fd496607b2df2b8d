"""Following (随办件更新): whenever a case changes, its tasks and the counts change in the same transaction.

The database session itself calls this, so that no act, present or future, can forget it. Counts are
added just before the commit, in one order: whoever commits holds the head of the record then, so
that two cases never wait for each other's counts.
"""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, delete, event, insert, inspect, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction

from servicehall.cases.holding import CaseHold
from servicehall.cases.models import Case, Correction, Pause, Review, Supplement
from servicehall.cases.states import State
from servicehall.desk import steps
from servicehall.desk.models import Tally, Task
from servicehall.desk.steps import Key
from servicehall.kernel.database import Database

WATCHED = ("state", "department", "number", "accept_by", "accepted_at", "due_on", "closed_at")
PARTS = (Review, Pause, Correction, Supplement, CaseHold)
Counts = Counter[tuple[str, str]]  # (department or "" for the one window, list)
_NEW = insert(Task)
_WAITING = "tally"  # where a session keeps what is still to be counted


def attach(database: Database) -> None:
    """Let every session of *database* keep the desk in step."""
    event.listen(database.sessions, "after_flush", _changed)
    event.listen(database.sessions, "before_commit", _count)
    event.listen(database.sessions, "after_soft_rollback", _forget)


def mend(connection: Connection, cases: Iterable[int]) -> Counts:
    """Write the open steps of these cases as they must be; how far that changes the counts."""
    numbers = sorted(set(cases))
    wanted, kept = steps.wanted(connection, numbers), steps.kept(connection, numbers)
    counts: Counts = Counter()
    for key in kept.keys() - wanted.keys():
        connection.execute(delete(Task).where(*_is(key)))
        counts.subtract(counted(key, lead=kept[key]["lead"]))
    for key, values in wanted.items():
        if key not in kept:
            case, department, step = key
            place = {"case_id": case, "department": department, "step": step}
            connection.execute(_NEW, {**place, **values})
            counts.update(counted(key, lead=values["lead"]))
        elif values != kept[key]:
            connection.execute(update(Task).where(*_is(key)).values(**values))
    return counts


def counted(key: Key, *, lead: bool) -> list[tuple[str, str]]:
    """The counts in which a task stands: its department's, and the one window's if it leads."""
    _, department, step = key
    return [(department, step), *([("", step)] if lead else [])]


def _changed(session: Session, _: object) -> None:
    touched: set[int] = set()
    counts: Counts = session.info.setdefault(_WAITING, Counter())
    for row in {*session.new, *session.dirty, *session.deleted}:
        if isinstance(row, PARTS):
            touched.add(row.case_id)
        elif isinstance(row, Case) and row.number is not None and _is_news(row):
            touched.add(row.id)
            if _has_closed(row):
                counts.update([(row.department, "done"), ("", "done")])
    if touched:
        counts.update(mend(session.connection(), touched))


def _is_news(case: Case) -> bool:
    state = inspect(case)
    return any(state.attrs[name].history.has_changes() for name in WATCHED)


def _has_closed(case: Case) -> bool:
    """Whether this change ends the case; what was taken back is not among what was done."""
    history = inspect(case).attrs.closed_at.history
    ends = case.closed_at is not None and bool(history.added) and not any(history.deleted or ())
    return ends and case.state is not State.WITHDRAWN


def _count(session: Session) -> None:
    if session.in_nested_transaction():
        return
    counts: Counts = session.info.pop(_WAITING, Counter())
    connection = session.connection() if any(counts.values()) else None
    for (department, step), more in sorted(counts.items()):
        if connection is not None and more:
            add(connection, department, step, more)


def add(connection: Connection, department: str, step: str, more: int) -> None:
    """Add *more*, which may be negative, to one count."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    one = make(Tally).values(department=department, step=step, count=more)
    connection.execute(
        one.on_conflict_do_update(
            index_elements=["department", "step"],
            set_={"count": Tally.__table__.c.count + one.excluded.count},
        )
    )


def _forget(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info.pop(_WAITING, None)


def _is(key: Key) -> tuple[ColumnElement[bool], ...]:
    case, department, step = key
    return Task.case_id == case, Task.department == department, Task.step == step
