"""Detecting (监察检测): what in the handling gives a signal now; reads, changes nothing.

Dates are swept along the indexes of the desk; acts are read from the record, each entry once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    SQLColumnExpression,
    and_,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import defer

from servicehall.cases.models import Case
from servicehall.cases.states import State
from servicehall.desk.models import Task
from servicehall.feedback import rectifying
from servicehall.feedback.models import Rectification
from servicehall.identity.models import Department
from servicehall.kernel import workdays
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.work import UnitOfWork
from servicehall.kernel.workdays import Unpublished
from servicehall.monitoring.models import Card
from servicehall.monitoring.signals import PROMPT, SLOW_RECEIPT_DAYS

MOST = 100  # findings of one rule at a time; the next round takes the next
ENTRIES = 500  # entries of the record at a time
UNDECIDED = ("review", "decide")
ACTS: Final = {
    "case.accepted_by_silence": "silence", "case.correction_again": "correction-again",
    "bill.raised": "fee-undeclared", "case.delivery_late": "delivery-late",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that gives a signal: the rule, what gave it, the case and who answers."""

    signal: str
    occasion: str
    case: Case
    department: str


def by_date(work: UnitOfWork) -> Iterator[Finding]:
    """What is late, or nearly, and has no card yet; at most ``MOST`` of each rule."""
    today = work.today()
    for signal, condition in _STEPS.items():
        query = select(Case, Task.department).join(Task, Task.case_id == Case.id)
        occasion = Case.key + ":" + Task.department
        for case, department in _some(work, query.where(condition(work, today)), signal, occasion):
            yield Finding(signal, f"{case.key}:{department}", case, department)
    for signal, late in _wholes(today).items():
        for case, department in _some(work, late, signal, Case.key):
            yield Finding(signal, case.key, case, department)


def by_record(work: UnitOfWork, after: int) -> tuple[list[Finding], int]:
    """What the record says happened after entry *after*, and the last entry gone over."""
    end = work.session.scalar(select(func.max(AuditEntry.id))) or 0
    query = (
        select(AuditEntry)
        .where(AuditEntry.id > after, AuditEntry.act.in_(ACTS))
        .order_by(AuditEntry.id)
        .limit(ENTRIES)
    )
    entries = work.session.scalars(query).all()
    keys = {entry.subject for entry in entries}
    cases = {
        case.key: case for case in work.session.scalars(select(Case).where(Case.key.in_(keys)))
    }
    found = [
        Finding(ACTS[entry.act], f"entry:{entry.id}", case, entry.department or case.department)
        for entry in entries
        if (case := cases.get(entry.subject)) and _is_wrong(entry, case)
    ]
    return found, entries[-1].id if len(entries) == ENTRIES else max(after, end)


def past_prompts(work: UnitOfWork) -> Sequence[Card]:
    """Prompts whose step is no longer waiting at the department: done, in time or not."""
    waits = exists().where(
        Case.number == Card.case_number, Task.case_id == Case.id,
        Task.department == Card.department, Task.step.in_(UNDECIDED),
    )  # fmt: skip
    standing = select(Card).where(Card.state == "raised", Card.grade == PROMPT, ~waits)
    return work.session.scalars(standing.limit(MOST)).all()


def _is_wrong(entry: AuditEntry, case: Case) -> bool:
    if entry.act != "bill.raised":
        return True
    fee = case.item.fee
    return fee is None or fee.fen != entry.detail.get("fen")


def _some(
    work: UnitOfWork, query: Select[Case, str], signal: str, occasion: SQLColumnExpression[str]
) -> Sequence[Row[Case, str]]:
    """Those of *query* that have no card of *signal* yet, without what is sealed in a case."""
    carded = exists().where(Card.signal == signal, Card.occasion == occasion)
    unread = defer(Case.facts), defer(Case.answers), defer(Case.reason)
    return work.session.execute(query.where(~carded).options(*unread).limit(MOST)).all()


def _near(work: UnitOfWork, today: date) -> ColumnElement[bool]:
    tomorrow = workdays.due(work.session, today, 1) or today
    return and_(
        Task.step.in_(UNDECIDED), Task.due_on >= today,
        or_(Task.red_on <= today, Task.due_on <= tomorrow),
    )  # fmt: skip


def _late_review(_: UnitOfWork, today: date) -> ColumnElement[bool]:
    return and_(Task.step == "review", Task.due_on < today)


def _slow_receipt(work: UnitOfWork, today: date) -> ColumnElement[bool]:
    return and_(Task.step == "accept", Task.lead, Task.begun_on <= _worked_before(work, today))


def _late_procedure(_: UnitOfWork, today: date) -> ColumnElement[bool]:
    return and_(Task.step == "paused", Task.lead, Task.due_on < today)


def _worked_before(work: UnitOfWork, today: date) -> date:
    """The last day after which more than ``SLOW_RECEIPT_DAYS`` working days have passed."""
    calendar, day = workdays.calendar(work.session), today
    try:
        while calendar.between(day, today) <= SLOW_RECEIPT_DAYS:
            day -= timedelta(days=1)
    except Unpublished:
        return date.min
    return day


_STEPS: Final[dict[str, Callable[[UnitOfWork, date], ColumnElement[bool]]]] = {
    "promise-near": _near, "step-overdue": _late_review, "receipt-slow": _slow_receipt,
    "procedure-overdue": _late_procedure,
}  # fmt: skip


def _wholes(today: date) -> dict[str, Select[Case, str]]:
    """What is late as a whole, whoever it waits for: the department of the case answers."""
    undecided = select(Case, Case.department).where(
        Case.state == State.ACCEPTED,
        Case.department.in_(select(Department.code)),  # the index begins with state and department
        or_(Case.due_on < today, Case.due_on.is_(None)),
    )
    rated = select(Case, Rectification.department).join(
        Rectification, Rectification.case_id == Case.id
    )
    pending = Rectification.state.in_(rectifying.PENDING)
    return {
        "promise-overdue": undecided.where(Case.due_on < today),
        "statute-overdue": undecided.where(Case.statutory_on < today),
        "rating-unanswered": rated.where(
            Rectification.state == "open", Rectification.answer_by < today
        ),
        "rating-unmended": rated.where(pending, Rectification.mend_by < today),
    }
