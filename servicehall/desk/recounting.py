"""Recounting (重算工作台): tasks and counts proven equal to the cases, or written anew."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import delete, func, insert, select

from servicehall.cases.models import Case
from servicehall.cases.states import DECIDED, OPEN, State
from servicehall.desk import steps
from servicehall.desk.following import Counts, counted, mend
from servicehall.desk.models import Tally, Task
from servicehall.kernel.work import UnitOfWork

AT_ONCE = 500


def breaches(work: UnitOfWork) -> Iterator[str]:
    """Each task and count that is not what the cases say; nothing if all are."""
    connection, counts = work.session.connection(), Counts()
    for numbers in _cases(work):
        wanted, kept = steps.wanted(connection, numbers), steps.kept(connection, numbers)
        for key in sorted(wanted.keys() | kept.keys()):
            if wanted.get(key) != kept.get(key):
                yield f"task {key[2]} of case row {key[0]} at {key[1]} is not as the case says"
        for key, values in wanted.items():
            counts.update(counted(key, lead=values["lead"]))
    counts.update(_done(work))
    told = {(row.department, row.step): row.count for row in work.session.scalars(select(Tally))}
    for place, step in sorted(counts.keys() | told.keys()):
        held, right = told.get((place, step), 0), counts[place, step]
        if held != right:
            yield f"count {step} of {place or 'the one window'}: {held}, not {right}"


def is_behind(work: UnitOfWork) -> bool:
    """Whether cases were handed in before there was a desk: nothing was ever counted."""
    counted = select(Tally.id).limit(1)
    handed_in = select(Case.id).where(Case.number.is_not(None)).limit(1)
    return work.session.scalar(counted) is None and work.session.scalar(handed_in) is not None


def rebuild(work: UnitOfWork) -> int:
    """Write every task and count anew (重算); how many were wrong."""
    wrong = sum(1 for _ in breaches(work))
    if wrong:
        connection = work.session.connection()
        for numbers in _cases(work):
            mend(connection, numbers)
        connection.execute(delete(Tally))
        for (department, step), count in sorted((_open(work) + _done(work)).items()):
            connection.execute(insert(Tally).values(department=department, step=step, count=count))
        work.record("desk.rebuilt", "desk", wrong=wrong)
    return wrong


def _cases(work: UnitOfWork) -> Iterator[list[int]]:
    """The row numbers of all cases that are open or have a task, some at a time."""
    last = 0
    while True:
        is_open = select(Case.id).where(Case.state.in_(OPEN | DECIDED), Case.id > last)
        tasked = select(Task.case_id).where(Task.case_id > last)
        both = is_open.union(tasked).order_by("id").limit(AT_ONCE)
        numbers = list(work.session.scalars(both))
        if not numbers:
            return
        yield numbers
        last = numbers[-1]


def _open(work: UnitOfWork) -> Counts:
    counts: Counts = Counter()
    by_list = select(Task.department, Task.step, Task.lead, func.count()).group_by(
        Task.department, Task.step, Task.lead
    )
    for department, step, lead, count in work.session.execute(by_list):
        for place in (department, "") if lead else (department,):
            counts[place, step] += count
    return counts


def _done(work: UnitOfWork) -> Counts:
    counts: Counts = Counter()
    done = select(Case.department, func.count()).where(
        Case.closed_at.is_not(None), Case.number.is_not(None), Case.state != State.WITHDRAWN
    )
    for department, count in work.session.execute(done.group_by(Case.department)):
        counts[department, "done"] += count
        counts["", "done"] += count
    return counts
