"""Settling (答复异议): corrected or explained, the party told, what rests on it found."""

from collections.abc import Sequence

from sqlalchemy import func, select

from servicehall.cases import editing, rechecking
from servicehall.cases.models import Case
from servicehall.cases.states import OPEN
from servicehall.disputes import reexamining
from servicehall.disputes.models import Dispute
from servicehall.identity import directory, policy
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library
from servicehall.licenses.models import License
from servicehall.notices import outbox
from servicehall.sharing import declaring
from servicehall.sharing.datasets import DATASETS


def to_answer(work: UnitOfWork) -> Sequence[Dispute]:
    """What the actor's department (or the auditors) must answer, the soonest due first."""
    query = select(Dispute).where(Dispute.state == "open", Dispute.owner == _desk(work))
    return work.session.scalars(query.order_by(Dispute.due_on, Dispute.id)).all()


def waiting(work: UnitOfWork) -> int:
    """How many disputes wait for the actor's answer."""
    query = select(func.count()).where(Dispute.state == "open", Dispute.owner == _desk(work))
    return work.session.scalar(query) or 0


def answered(work: UnitOfWork, most: int = 50) -> Sequence[Dispute]:
    """What was answered or withdrawn lately, newest first."""
    query = select(Dispute).where(Dispute.state != "open", Dispute.owner == _desk(work))
    return work.session.scalars(query.order_by(Dispute.answered_at.desc()).limit(most)).all()


def of_desk(work: UnitOfWork, key: str) -> Dispute:
    """A dispute that lies with the actor. Raises NotFound, also for another department's."""
    desk = _desk(work)
    found = work.session.scalar(select(Dispute).where(Dispute.key == key))
    if found is None or found.owner != desk:
        raise NotFound
    return found


def look(work: UnitOfWork, dispute: Dispute) -> None:
    """Put on record that the actor looked into it (查看留痕)."""
    work.record("dispute.viewed", dispute.key, person=dispute.party)


def settle(
    work: UnitOfWork, dispute: Dispute, *, corrected: bool | None, answer: str, value: str = ""
) -> None:
    """Answer in writing: the record was corrected (to *value*), or it stands and why.

    After a correction every open case of the party that carries the value is checked again by
    itself, and every license in force that rests on it is for its issuer to look at again. Raises
    Invalid without a choice or words, or without the value where a license rests on it, Conflict
    once it is answered.
    """
    of_desk(work, dispute.key)
    work.hold(dispute)
    words = editing.readable(answer)
    if dispute.state != "open":
        raise Conflict(N_("这件异议已经答复"))
    if corrected is None and dispute.kind == "data":
        raise Invalid(N_("请选择处理结果"), field="result")
    if len(words) < 5:
        raise Invalid(N_("请写明核查情况和理由（至少 5 个字）"), field="answer")
    affected = reexamining.affected(work, dependent_licenses(work, dispute)) if corrected else []
    now = _corrected(work, dispute, value) if affected else ""
    dispute.state = "corrected" if corrected else "explained"
    dispute.slot, dispute.answer = None, words
    dispute.answered_at, dispute.answered_by = work.now(), work.actor.id
    if corrected:
        for case in dependent_cases(work, dispute):
            rechecking.ask_soon(work, case)
    for license in affected:
        reexamining.queue(work, dispute, license, now)
    work.record(
        "dispute.settled", dispute.key, person=dispute.party, state=dispute.state,
        licenses=[one.identifier for one in dependent_licenses(work, dispute)] if corrected else [],
    )  # fmt: skip
    outbox.post(
        work, dispute.party, dispute.key, N_("您提出的异议已答复，请到“我的空间—异议”查看结果")
    )


def dependent_licenses(work: UnitOfWork, dispute: Dispute) -> list[License]:
    """Licenses of the party that carry the disputed value as evidence, newest first."""
    if dispute.kind != "data":
        return []
    _, code, _ = directory.holder(work, dispute.party)
    return [
        one for one in library.of_holder(work, code)
        if any(proof.fact == dispute.about for proof in one.record.evidence)
    ]  # fmt: skip


def dependent_cases(work: UnitOfWork, dispute: Dispute) -> list[Case]:
    """Open cases of the party in which the disputed value was fetched."""
    if dispute.kind != "data":
        return []
    query = select(Case).where(Case.party == dispute.party, Case.state.in_(OPEN))
    return [case for case in work.session.scalars(query) if dispute.about in case.facts]


def _corrected(work: UnitOfWork, dispute: Dispute, value: str) -> str:
    """The value as it is now, in the form of its element; whoever reviews a license must see it."""
    words = editing.readable(value)
    if not words:
        raise Invalid(N_("有证照用到这项数据，请写明更正后的值"), field="value")
    element = DATASETS[dispute.dataset].items[dispute.field].element
    try:
        return declaring.checked(element, words, today=work.today())
    except Invalid as error:
        raise Invalid(error.message, field="value", **error.params) from None


def _desk(work: UnitOfWork) -> str:
    """Whose disputes the actor answers: those of their department, or of the auditors ("")."""
    if policy.may(work.actor, "dispute.settle_look"):
        return ""
    policy.require(work.actor, "dispute.settle")
    return work.actor.department
