"""Integrity (完整性检查, fsck): every invariant of database and files, each breach in one line.

I1 every acknowledged act exists once · I2 numbers without gap or reuse, one license a case ·
I3 issued means file, hash and signature · I5 one whole chain, one event a step · I6 money once.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import func, select

from servicehall.cases.models import Case
from servicehall.cases.states import State
from servicehall.kernel import audit, codes, serials
from servicehall.kernel.audit import AuditEntry, Head
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import proving, wallet
from servicehall.payments.models import Bill, Payout

ONCE = (
    "case.begun", "case.accepted", "case.granted", "case.refused", "case.closed", "bill.raised",
    "bill.paid", "payout.ordered", "payout.paid",
)  # fmt: skip
_PASSED = {
    State.SUBMITTED: "case.submitted",
    State.ACCEPTED: "case.accepted",
    State.GRANTED: "case.granted",
    State.REFUSED: "case.refused",
    State.CLOSED: "case.closed",
}


def breaches(work: UnitOfWork, heads: Sequence[Head] = ()) -> Iterator[str]:
    """Everything that is not as it must be; nothing if all is well. *heads* come from outside."""
    checks: tuple[Callable[[UnitOfWork], Iterator[str]], ...] = (
        _numbers, _events, _licenses, _money,
    )  # fmt: skip
    for check in checks:
        yield from check(work)
    yield from audit.broken(work.session, heads)
    yield from proving.breaches(work)


def _numbers(work: UnitOfWork) -> Iterator[str]:
    """Case numbers: check character right, no gap up to the last serial given out."""
    numbers = work.session.scalars(select(Case.number).where(Case.number.is_not(None))).all()
    by_head = Counter(number[:15] for number in numbers if number)
    yield from (
        f"case number {n} has a wrong check character"
        for n in numbers
        if n and not codes.is_check37(n)
    )
    for name, last in work.session.execute(
        select(serials.Serial.name, serials.Serial.value).where(serials.Serial.name.like("case:%"))
    ).all():
        held = by_head.pop(name.removeprefix("case:"), 0)
        if held != last:
            yield f"{name}: {last} numbers were given out, {held} cases hold one"
    yield from (f"cases numbered {head}… without a serial" for head in by_head)


def _events(work: UnitOfWork) -> Iterator[str]:
    """Each step of a case stands on the record, and those that happen once stand once."""
    rows = work.session.execute(
        select(AuditEntry.subject, AuditEntry.act, func.count()).group_by(
            AuditEntry.subject, AuditEntry.act
        )
    ).all()
    seen = {(subject, act): number for subject, act, number in rows}
    for (subject, act), number in seen.items():
        if act in ONCE and number > 1:
            yield f"{act} happened {number} times to {subject}"
    for key, state in work.session.execute(select(Case.key, Case.state)).all():
        needed = _PASSED.get(state)
        silent = state is State.ACCEPTED and (key, "case.accepted_by_silence") in seen
        if needed and (key, needed) not in seen and not silent:
            yield f"case {key} is {state} and {needed} is not on record"


def _licenses(work: UnitOfWork) -> Iterator[str]:
    """A closed case whose item promises a license has exactly one, and it is out."""
    closed = work.session.scalars(select(Case).where(Case.state == State.CLOSED))
    for case in closed:
        result = case.item.result
        if result and result.license_type and not wallet.is_out(wallet.of_case(work, case.number)):
            yield f"case {case.number} is closed without its license"


def _money(work: UnitOfWork) -> Iterator[str]:
    """A paid bill names its transaction; bills and payouts belong to cases."""
    keys = set(work.session.scalars(select(Case.key)))
    for bill in work.session.scalars(select(Bill)):
        if (bill.paid_at is None) != (bill.transaction is None):
            yield f"bill of {bill.matter}: paid and transaction do not agree"
        if bill.matter not in keys:
            yield f"bill of {bill.matter} has no case"
    for payout in work.session.scalars(select(Payout)):
        if payout.matter not in keys:
            yield f"payout of {payout.matter} has no case"
