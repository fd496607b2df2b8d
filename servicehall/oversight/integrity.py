"""Integrity (完整性检查, fsck): every invariant of database and files, each breach in one line.

I1 every acknowledged act exists once · I2 numbers without gap or reuse, one license a case ·
I3 issued means file, hash and signature · I5 one whole chain, one event a step · I6 money once;
and the search index is what the entries say.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from servicehall.cases.models import Case, CaseMaterial
from servicehall.cases.states import OPEN, State
from servicehall.catalogue import upkeep
from servicehall.catalogue.models import ItemRevision
from servicehall.desk import recounting
from servicehall.kernel import audit, codes, serials
from servicehall.kernel.audit import AuditEntry, Head
from servicehall.kernel.errors import HallError
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import mass, proving
from servicehall.licenses.models import License
from servicehall.licenses.models import State as LicenseState
from servicehall.oversight import exchanges, groups, ruled, wordings
from servicehall.payments.models import Bill, Payout
from servicehall.storage.store import FileStore
from servicehall.transparency import licenselog

ONCE = (
    "case.begun", "case.accepted", "case.granted", "case.refused", "case.closed",
    "case.withdrawn", "case.lapsed", "case.acceptance_refused", "case.returned", "case.not_needed", "case.uncorrected",
    "case.extended", "case.made", "case.delivery_late", "case.revoked", "license.planned", "license.issued",
    "bill.raised", "bill.paid", "payout.ordered", "payout.paid",
)  # fmt: skip
_BY_SILENCE = ("case.accepted_by_silence", "case.granted_by_silence")
_TAKEN = ("case.begun", "case.submitted", "case.accepted")
_PASSED: dict[State, tuple[str, ...]] = {
    State.DRAFT: _TAKEN[:1],
    State.SUBMITTED: _TAKEN[:2],
    State.CORRECTION: (*_TAKEN[:2], "case.correction_asked"),
    State.REFUSED_ACCEPTANCE: (*_TAKEN[:2], "case.acceptance_refused"),
    State.RETURNED: (*_TAKEN[:2], "case.returned"),
    State.NOT_NEEDED: (*_TAKEN[:2], "case.not_needed"),
    State.UNCORRECTED: (*_TAKEN[:2], "case.correction_asked", "case.uncorrected"),
    State.ACCEPTED: _TAKEN,
    State.SUSPENDED: (*_TAKEN, "case.suspended"),
    State.GRANTED: (*_TAKEN, "case.granted"),
    State.MADE: (*_TAKEN, "case.granted", "case.made"),
    State.REFUSED: (*_TAKEN, "case.refused"),
    State.CLOSED: (*_TAKEN, "case.granted", "case.closed"),
    State.REVOKED: (*_TAKEN, "case.granted", "case.closed", "case.revocation_told", "case.revoked"),
    State.WITHDRAWN: ("case.begun", "case.withdrawn"),
    State.WAITING: ("case.begun", "case.waiting"),
    State.LAPSED: ("case.begun", "case.lapsed"),
}
_BEFORE = frozenset({State.DRAFT, State.WAITING, State.LAPSED})  # what was never handed in
_LEADS_TO: dict[str, frozenset[State]] = {
    "case.submitted": frozenset(State) - _BEFORE,
    "case.accepted": frozenset(State) - _BEFORE - OPEN | {State.ACCEPTED, State.SUSPENDED},
    "case.granted": frozenset({State.GRANTED, State.MADE, State.CLOSED, State.REVOKED}),
    "case.made": frozenset({State.MADE, State.CLOSED, State.REVOKED}),
    "case.refused": frozenset({State.REFUSED}),
    "case.closed": frozenset({State.CLOSED, State.REVOKED}),
    "case.revoked": frozenset({State.REVOKED}),
    "case.returned": frozenset({State.RETURNED}),
    "case.not_needed": frozenset({State.NOT_NEEDED}),
    "case.uncorrected": frozenset({State.UNCORRECTED}),
    "case.withdrawn": frozenset({State.WITHDRAWN}),
    "case.lapsed": frozenset({State.LAPSED}),
    "case.acceptance_refused": frozenset({State.REFUSED_ACCEPTANCE}),
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """The chain in short: how often which act, and what the last one said."""

    acts: Counter[tuple[str, str]]
    said: dict[tuple[str, str], dict[str, Any]]


def breaches(
    work: UnitOfWork, heads: Sequence[Head] = (), license_heads: Sequence[Head] = ()
) -> Iterator[str]:
    """All of cases, licenses, money and the record that is not as it must be; nothing if all is well.

    *heads* come from outside, those of the record and those of the license log.
    ``of_the_list`` does the same for the item list.
    """
    seen = _seen(work)
    checks: tuple[Callable[[UnitOfWork, _Seen], Iterator[str]], ...] = (
        _numbers, _once, _steps, _submissions, _licenses, _materials, _money,
    )  # fmt: skip
    for check in checks:
        yield from check(work, seen)
    yield from audit.broken(work.session, heads)
    yield from licenselog.broken(work.session, license_heads)
    yield from proving.breaches(work)
    yield from exchanges.breaches(work)
    yield from recounting.breaches(work)
    yield from groups.breaches(work)
    yield from ruled.breaches(work)


def of_the_list(work: UnitOfWork) -> Iterator[str]:
    """Each breach of the item list: wordings, drafts and plans, and what is derived from them."""
    yield from wordings.breaches(work)
    yield from (f"search index: {told}" for told in upkeep.differences(work))


def _seen(work: UnitOfWork) -> _Seen:
    rows = work.session.execute(
        select(AuditEntry.act, AuditEntry.subject, func.count()).group_by(
            AuditEntry.act, AuditEntry.subject
        )
    ).all()
    acts = Counter({(act, subject): number for act, subject, number in rows})
    telling = select(AuditEntry.act, AuditEntry.subject, AuditEntry.detail).where(
        AuditEntry.act.in_(("case.submitted", "license.issued", "license.faced"))
    )
    said = {(a, s): d for a, s, d in work.session.execute(telling.order_by(AuditEntry.id)).all()}
    for (act, subject), number in list(acts.items()):
        if act in _BY_SILENCE:
            acts[act.removesuffix("_by_silence"), subject] += number
    return _Seen(acts, said)


def _numbers(work: UnitOfWork, _: _Seen) -> Iterator[str]:
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


def _once(_: UnitOfWork, seen: _Seen) -> Iterator[str]:
    """What happens once stands once on the record; one submission, and one for a correction."""
    for (act, subject), number in seen.acts.items():
        if act in ONCE and number > 1:
            yield f"{act} happened {number} times to {subject}"
        if act == "case.submitted" and number > 1 + seen.acts["case.correction_asked", subject]:
            yield f"case {subject} was submitted {number} times"


def _steps(work: UnitOfWork, seen: _Seen) -> Iterator[str]:
    """Every case took the steps its state needs, and stands where its last step led."""
    cases = dict(work.session.execute(select(Case.key, Case.state)).all())
    for key, state in cases.items():
        for act in _PASSED[state]:
            if not seen.acts[act, key]:
                yield f"case {key} is {state} and {act} is not on record"
    for act, subject in seen.acts:
        if act == "case.begun" and subject not in cases:
            yield f"case {subject} is on record and gone"
        led = _LEADS_TO.get(act)
        if led and subject in cases and cases[subject] not in led:
            yield f"case {subject} is {cases[subject]} after {act}"


def _submissions(work: UnitOfWork, seen: _Seen) -> Iterator[str]:
    """The number on the receipt is the number of the case."""
    rows = work.session.execute(select(Case.key, Case.number).where(Case.number.is_not(None)))
    for key, number in rows.all():
        told = seen.said.get(("case.submitted", key), {}).get("number")
        if told != number:
            yield f"case {key} has number {number}, its receipt says {told}"


def _licenses(work: UnitOfWork, seen: _Seen) -> Iterator[str]:
    """A closed case has the license its item promises; each license has its case and its acts."""
    columns = select(License.identifier, License.issue_key, License.state, License.pdf_sha256)
    licenses = work.session.execute(columns).all()
    out = {key for _, key, state, _ in licenses if state is not LicenseState.INTENT}
    for number in set(_promised(work)) - out:
        yield f"case {number} is closed without its license"
    numbers = set(work.session.scalars(select(Case.number)))
    for name, key, state, digest in licenses:
        if not key.startswith(mass.PREFIX) and key.partition("/")[0] not in numbers:
            yield f"license {name} has no case"  # later versions append theirs to the number
        issued = seen.said.get(("license.issued", name))
        faced = seen.said.get(("license.faced", name), {})
        told = (issued or {}).get("sha256") or faced.get("sha256")
        if told != digest or (issued is None) != (state is LicenseState.INTENT):
            yield f"license {name} is {state} with the file {digest}, the record says {told}"
    gone = {subject for act, subject in seen.acts if act in ("license.planned", "license.issued")}
    gone -= {name for name, *_ in licenses}
    yield from (f"license {name} is on record and gone" for name in sorted(gone))


def _promised(work: UnitOfWork) -> Iterator[str | None]:
    """The numbers of cases made or closed whose item promises a license."""
    used = select(ItemRevision).where(ItemRevision.id.in_(select(Case.revision_id)))
    results = {row.id: row.item.result for row in work.session.scalars(used)}
    promising = [id for id, result in results.items() if result and result.license_type]
    closed = select(Case.number).where(Case.state.in_((State.MADE, State.CLOSED)))
    yield from work.session.scalars(closed.where(Case.revision_id.in_(promising)))


def _materials(work: UnitOfWork, _: _Seen) -> Iterator[str]:
    """Every file handed in is kept, and is the one that was handed in."""
    columns = select(CaseMaterial.id, CaseMaterial.file_key, CaseMaterial.sha256)
    kept = work.session.execute(columns.where(CaseMaterial.file_key.is_not(None)))
    for number, key, digest in kept.all():
        try:
            if sha256(work.use(FileStore).get(key or "")).hexdigest() != digest:
                yield f"material {number}: {key} is not the file that was handed in"
        except HallError as error:
            yield f"material {number}: {key}: {type(error).__name__}"


def _money(work: UnitOfWork, seen: _Seen) -> Iterator[str]:
    """A paid bill names its transaction and stands on the record; money belongs to cases."""
    keys = set(work.session.scalars(select(Case.key)))
    for bill in work.session.scalars(select(Bill)):
        if (bill.paid_at is None) != (bill.transaction is None):
            yield f"bill of {bill.matter}: paid and transaction do not agree"
        if (bill.paid_at is None) == (seen.acts["bill.paid", bill.matter] > 0):
            yield f"bill of {bill.matter}: paid and the record do not agree"
        if bill.matter not in keys:
            yield f"bill of {bill.matter} has no case"
    for payout in work.session.scalars(select(Payout)):
        if (payout.paid_at is None) == (seen.acts["payout.paid", payout.matter] > 0):
            yield f"payout of {payout.matter}: paid and the record do not agree"
        if payout.matter not in keys:
            yield f"payout of {payout.matter} has no case"
