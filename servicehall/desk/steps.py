"""Steps (待办步骤): which open steps a case has, at which department, and when each is due."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, select

from servicehall.cases.holding import CaseHold
from servicehall.cases.later import Delivery
from servicehall.cases.models import Case, Correction, Pause, Review, Supplement
from servicehall.cases.states import OPEN, State
from servicehall.desk.models import Task
from servicehall.kernel.clock import local_date

UNKNOWN = date.max
AT_THE_WINDOW = frozenset(
    {"accept", "correction", "paused", "relay", "deliver"}
)  # listed there of all
Key = tuple[int, str, str]  # case, department, step
Tasks = dict[Key, dict[str, Any]]
KEPT = ("lead", "item_code", "region", "begun_on", "yellow_on", "red_on", "due_on", "assignee")
# Written once: putting a statement together costs more than running it.
_MANY: BindParameter[Any] = bindparam("cases", expanding=True)


def _part(kind: Any, *columns: Any, where: Any = None) -> Select[Any]:
    query = select(kind.case_id, *columns).where(kind.case_id.in_(_MANY)).order_by(kind.id)
    return query if where is None else query.where(where)


_CASES = select(
    Case.id, Case.state, Case.department, Case.item_code, Case.number, Case.submitted_at,
    Case.accept_by, Case.accepted_at, Case.due_on, Case.decided_at,
).where(Case.id.in_(_MANY), Case.number.is_not(None))  # fmt: skip
_REVIEWS = _part(Review, Review.department, Review.agrees, Review.waived_at, Review.due_on)
_PAUSES = _part(Pause, Pause.starts_on, Pause.planned_end, where=Pause.ended_on.is_(None))
_CORRECTIONS = _part(Correction, Correction.asked_at, Correction.answer_by, Correction.answered_at)
_SUPPLEMENTS = _part(Supplement, Supplement.asked_at, where=Supplement.answered_at.is_(None))
_DELIVERIES = _part(Delivery, Delivery.due_on)
_HOLDS = _part(CaseHold, CaseHold.department, CaseHold.person, where=CaseHold.person != "")
_TASKS = _part(Task, Task.department, Task.step, *(getattr(Task, name) for name in KEPT))
_ASKED = {  # in which states a part says anything about the steps
    "reviews": (_REVIEWS, {State.ACCEPTED, State.SUSPENDED}),
    "pauses": (_PAUSES, {State.SUSPENDED}),
    "corrections": (_CORRECTIONS, {State.SUBMITTED, State.CORRECTION}),
    "supplements": (_SUPPLEMENTS, {State.ACCEPTED}),
    "deliveries": (_DELIVERIES, {State.MADE}),
    "holds": (_HOLDS, OPEN | {State.MADE}),
}


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the steps of some cases are read from, by case."""

    reviews: dict[int, list[Any]]
    pauses: dict[int, list[Any]]
    corrections: dict[int, list[Any]]
    supplements: dict[int, list[Any]]
    deliveries: dict[int, list[Any]]
    holds: dict[int, list[Any]]


def wanted(connection: Connection, cases: Collection[int]) -> Tasks:
    """The open steps that the cases with these row numbers must have."""
    found = connection.execute(_CASES, {"cases": list(cases)}).all()
    parts = {
        name: _by_case(connection, query, [case.id for case in found if case.state in states])
        for name, (query, states) in _ASKED.items()
    }
    rows = _Rows(**parts)
    tasks: Tasks = {}
    for case in found:
        for department, step, begun, due in _steps(case, rows):
            key = (case.id, department, step)
            kept = tasks.get(key)
            if kept and kept["due_on"] <= (due or UNKNOWN):
                continue  # two reviews of one department are one task, due with the earlier
            lead = department == case.department and step in AT_THE_WINDOW
            tasks[key] = {
                "lead": lead,
                "item_code": case.item_code, "region": case.number[:6],
                **lights(begun, due),
                "assignee": _assignee(rows.holds.get(case.id, []), department, lead=lead),
            }  # fmt: skip
    return tasks


def kept(connection: Connection, cases: Collection[int]) -> Tasks:
    """The open steps that are written down for these cases."""
    rows = connection.execute(_TASKS, {"cases": list(cases)})
    return {(r[0], r[1], r[2]): dict(zip(KEPT, r[3:], strict=True)) for r in rows}


def lights(begun: date, due: date | None) -> dict[str, date]:
    """When the time of a step is half used, nine tenths used, and over."""
    if due is None:
        return {"begun_on": begun, "yellow_on": UNKNOWN, "red_on": UNKNOWN, "due_on": UNKNOWN}
    span = max(1, (due - begun).days)
    return {
        "begun_on": begun, "due_on": due,
        "yellow_on": begun + timedelta(days=-(-span * 5 // 10)),
        "red_on": begun + timedelta(days=-(-span * 9 // 10)),
    }  # fmt: skip


def _steps(case: Any, rows: _Rows) -> Iterator[tuple[str, str, date, date | None]]:
    """(department, step, begun, due) of each open step of *case*."""
    asked = next(iter(rows.corrections.get(case.id, [])), None)
    reviews = rows.reviews.get(case.id, [])
    if case.state is State.SUBMITTED:
        received = (asked.answered_at if asked else None) or case.submitted_at
        yield case.department, "accept", local_date(received), case.accept_by
    elif case.state is State.CORRECTION and asked:
        yield case.department, "correction", local_date(asked.asked_at), asked.answer_by
    elif case.state is State.SUSPENDED:
        places = {case.department, *(r.department for r in reviews)}
        pauses = rows.pauses.get(case.id, [])[:1]
        yield from ((d, "paused", p.starts_on, p.planned_end) for p in pauses for d in places)
    elif case.state is State.MADE:
        made = local_date(case.decided_at)
        sent = rows.deliveries.get(case.id, [])
        yield from ((case.department, "deliver", made, one.due_on) for one in sent)
    elif case.state is State.ACCEPTED:
        yield from _examined(case, rows)


def _examined(case: Any, rows: _Rows) -> Iterator[tuple[str, str, date, date | None]]:
    """The steps of an accepted case: opinions awaited, or the decision; and what is to be relayed."""
    accepted = local_date(case.accepted_at)
    opinions = rows.reviews.get(case.id, [])
    waiting = [r for r in opinions if r.agrees is None and r.waived_at is None]
    yield from ((r.department, "review", accepted, r.due_on) for r in waiting)
    if not waiting:
        yield case.department, "decide", accepted, case.due_on
    for asked in rows.supplements.get(case.id, [])[:1]:
        yield case.department, "relay", local_date(asked.asked_at), case.due_on


def _assignee(holds: list[Any], department: str, *, lead: bool) -> str:
    """Who has the case on the desk; what the one window lists too may lie on a desk there."""
    own = next((h.person for h in holds if h.department == department), "")
    return own or next((h.person for h in holds if lead), "")


def _by_case(connection: Connection, query: Select[Any], cases: list[int]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = {}
    for row in connection.execute(query, {"cases": cases}) if cases else ():
        grouped.setdefault(row.case_id, []).append(row)
    return grouped
