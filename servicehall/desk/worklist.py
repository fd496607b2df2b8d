"""Worklist (待办清单): which cases wait for whom, the most urgent first, any page as fast as the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, literal_column, select, true

from servicehall.cases.matters import UNREAD
from servicehall.cases.models import Case
from servicehall.cases.states import State
from servicehall.desk import steps
from servicehall.desk.models import Tally, Task
from servicehall.identity import directory, policy
from servicehall.kernel.clock import local_date
from servicehall.kernel.work import UnitOfWork

PAGE = 30
LAST_ROW = 2**31 - 1  # of any table
Which = Literal[
    "accept", "review", "decide", "paused", "correction", "relay", "deliver", "mine", "done"
]  # fmt: skip
WHICH: tuple[Which, ...] = (
    "accept", "review", "decide", "paused", "correction", "relay", "deliver", "mine", "done",
)  # fmt: skip
Light = Literal["overdue", "red", "yellow", "green"]
LIGHTS: tuple[Light, ...] = ("overdue", "red", "yellow", "green")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of a list is asked for: of one item, of one region (six digits), of one light."""

    item: str = ""
    region: str = ""
    light: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: the case, its light, when it is due here, and whose it is."""

    case: Case
    light: str
    due_on: date | None
    assignee: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines and where to go on after (``queue`` reads it), "" at the end."""

    rows: Sequence[Row]
    next: str

    @property
    def cases(self) -> Sequence[Case]:
        return [row.case for row in self.rows]


NOTHING = Filter()


def queue(work: UnitOfWork, which: Which, *, asked: Filter = NOTHING, after: str = "") -> Page:
    """One page of *which* list of the actor's department, due soonest first; done, latest first.

    Goes on by key (keyset): no page is counted off, and none is slower than the first.
    """
    policy.require(work.actor, "case.read")
    if which == "done":
        return _done(work, asked, after)
    query = _asked(work, select(Task).where(_lies_with(work, which)), asked)
    if where := _from(after):
        day, number = where
        same, later = and_(Task.due_on == day, Task.id > number), Task.due_on > day
        parts = [query.where(same), query.where(later)]
    else:
        parts = [query]
    tasks = _first(work, [part.order_by(Task.due_on, Task.id) for part in parts])
    shown = tasks[:PAGE]
    cases = _cases(work, [task.case_id for task in shown])
    rows = [
        Row(cases[task.case_id], _light(task, work.today()), _known(task.due_on), task.assignee)
        for task in shown
    ]
    last = f"{shown[-1].due_on}_{shown[-1].id}" if len(tasks) > PAGE else ""
    return Page(rows, last)


def counts(work: UnitOfWork) -> dict[Which, int]:
    """How many cases lie in each list of the actor's department; read, not counted."""
    policy.require(work.actor, "case.read")
    mine, window = work.actor.department, _is_window(work)
    rows = work.session.scalars(select(Tally).where(Tally.department.in_([mine, ""])))
    held = {(row.department, row.step): row.count for row in rows}
    told: dict[Which, int] = {}
    for which in WHICH:
        place = "" if window and which in (*steps.AT_THE_WINDOW, "done") else mine
        told[which] = held.get((place, which), 0)
    own = select(Task.id).where(_lies_with(work, "mine")).limit(100)
    told["mine"] = len(work.session.scalars(own).all())
    return told


def light(work: UnitOfWork, case: Case) -> str:
    """green, yellow (half of the promise used), red (nine tenths), overdue, or none (no date)."""
    waiting = case.state is State.SUBMITTED
    start = case.submitted_at if waiting else case.accepted_at
    due = case.accept_by if waiting else case.due_on
    if start is None or due is None or case.closed_at is not None:
        return "none"
    return shade(local_date(start), due, work.today())


def shade(begun: date, due: date, today: date) -> str:
    """How the time from *begun* to *due* is doing: green, yellow, red, overdue."""
    turns = steps.lights(begun, due)
    return _turned(turns["yellow_on"], turns["red_on"], due, today)


def _light(task: Task, today: date) -> str:
    if task.due_on == steps.UNKNOWN:
        return "none"
    return _turned(task.yellow_on, task.red_on, task.due_on, today)


def _turned(yellow: date, red: date, due: date, today: date) -> str:
    if today > due:
        return "overdue"
    return "red" if today >= red else "yellow" if today >= yellow else "green"


def _asked(work: UnitOfWork, query: Select[Any], asked: Filter) -> Select[Any]:
    today = work.today()
    if asked.item:
        query = query.where(Task.item_code == asked.item)
    if asked.region:
        query = query.where(Task.region == asked.region)
    wanted: dict[str, ColumnElement[bool]] = {
        "overdue": Task.due_on < today,
        "red": and_(Task.due_on >= today, Task.red_on <= today),
        "yellow": and_(Task.due_on >= today, Task.yellow_on <= today, Task.red_on > today),
        "green": and_(Task.due_on >= today, Task.yellow_on > today),
    }
    return query.where(wanted[asked.light]) if asked.light in wanted else query


def _lies_with(work: UnitOfWork, which: Which) -> ColumnElement[bool]:
    if which == "mine":
        return and_(Task.assignee == work.actor.id, Task.assignee != literal_column("''"))
    if which in steps.AT_THE_WINDOW and _is_window(work):
        return and_(Task.lead, Task.step == which)
    return and_(Task.department == work.actor.department, Task.step == which)


def _is_window(work: UnitOfWork) -> bool:
    return directory.department(work, work.actor.department).one_window


def _done(work: UnitOfWork, asked: Filter, after: str) -> Page:
    """What the department ended, the latest first; what was taken back is not among it."""
    ours = true() if _is_window(work) else Case.department == work.actor.department
    query = select(Case).where(
        ours, Case.closed_at.is_not(None), Case.number.is_not(None), Case.state != State.WITHDRAWN
    )
    if asked.item:
        query = query.where(Case.item_code == asked.item)
    if where := _since(after):
        moment, number = where
        same, earlier = and_(Case.closed_at == moment, Case.id < number), Case.closed_at < moment
        parts = [query.where(same), query.where(earlier)]
    else:
        parts = [query]
    latest = [part.order_by(Case.closed_at.desc(), Case.id.desc()) for part in parts]
    found = _first(work, [part.options(*UNREAD) for part in latest])
    shown = found[:PAGE]
    last = shown[-1].closed_at if len(found) > PAGE else None
    return Page(
        [Row(case, "none", None, "") for case in shown],
        f"{last.isoformat()}_{shown[-1].id}" if last else "",
    )


def _first(work: UnitOfWork, parts: Sequence[Select[Any]]) -> list[Any]:
    """The lines of one page and one more, from the parts one after the other.

    What goes on after a line is asked for in two parts, the rest of its day and the days after:
    of one row value (day, row number) SQLite would seek the day alone and walk through all of it.
    """
    found: list[Any] = []
    for part in parts:
        if len(found) <= PAGE:
            found += work.session.scalars(part.limit(PAGE + 1 - len(found))).all()
    return found


def _cases(work: UnitOfWork, numbers: Sequence[int]) -> dict[int, Case]:
    query = select(Case).where(Case.id.in_(numbers)).options(*UNREAD)
    return {case.id: case for case in work.session.scalars(query)}


def _known(day: date) -> date | None:
    return None if day == steps.UNKNOWN else day


def _from(after: str) -> tuple[date, int] | None:
    """Where a page goes on: the day and the row of the last line shown; None for the first page."""
    day, _, number = after.partition("_")
    try:
        return date.fromisoformat(day), min(int(number), LAST_ROW)
    except ValueError:
        return None


def _since(after: str) -> tuple[datetime, int] | None:
    """The same of what is done: the moment it ended and the row."""
    moment, _, number = after.partition("_")
    try:
        return _aware(datetime.fromisoformat(moment)), min(int(number), LAST_ROW)
    except ValueError:
        return None


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(moment)
    return moment
