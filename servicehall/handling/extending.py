"""Extending (延期): asked for once with a reason, approved by a second person (行政许可法 第42条)."""

from collections.abc import Sequence

from sqlalchemy import select

from servicehall.cases import deadlines, letters
from servicehall.cases.editing import seen
from servicehall.cases.later import Extension
from servicehall.cases.models import Case
from servicehall.cases.states import State, after
from servicehall.identity import policy
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.notices import outbox


def ask(work: UnitOfWork, case: Case, *, days: int, reason: str, version: int) -> Extension:
    """The reviewer asks for *days* more working days. Raises Invalid, or Conflict for a second one."""
    policy.require(work.actor, "case.decide")
    policy.require_department(work.actor, frozenset({case.department}))
    seen(work, case, version)
    after(case.state, "extend")
    if case.extension is not None:
        raise Conflict(N_("期限只能延长一次，这件事已经申请过延期"))
    most = case.item.longest_extension
    if not 1 <= days <= most:
        raise Invalid(
            N_("延长的天数应当在 1 到 %(most)s 个工作日之间"), field="extra_days", most=most
        )
    if len(reason.strip()) < 5:
        raise Invalid(N_("请写明延期的理由（至少 5 个字），会告知申请人"), field="extra_reason")
    case.extension = Extension(
        days=days, reason=reason.strip(), asked_at=work.now(), asked_by=work.actor.id,
        approved=None, answer=None, decided_at=None,
    )  # fmt: skip
    case.saved_at = work.now()
    work.record("case.extension_asked", case.matter, person=case.party, days=days)
    return case.extension


def approve(work: UnitOfWork, case: Case, *, version: int) -> None:
    """The head approves: both dates move, the applicant is told in writing with the reason."""
    extension = _asked(work, case, version)
    case.state = after(case.state, "extend")
    _decide(work, case, extension, approved=True)
    deadlines.set_clock(work, case)
    work.record("case.extended", case.matter, person=case.party, days=extension.days)
    letters.extended(work, case, extension)
    outbox.post(
        work, case.party, case.matter,
        N_("您的办件 %(number)s“%(item)s”经批准延长 %(days)s 个工作日，请查看理由"),
        number=case.number, item=case.item_name, days=extension.days,
    )  # fmt: skip


def decline(work: UnitOfWork, case: Case, *, answer: str, version: int) -> None:
    """The head does not approve: the dates stay. Raises Invalid without a reason."""
    extension = _asked(work, case, version)
    if not answer.strip():
        raise Invalid(N_("请写明不同意延期的理由"), field="extra_answer")
    _decide(work, case, extension, approved=False)
    extension.answer = answer.strip()
    work.record("case.extension_declined", case.matter, person=case.party)


def waiting(work: UnitOfWork) -> Sequence[Case]:
    """Cases of the actor's department whose extension waits for the head, the soonest due first."""
    if not policy.may(work.actor, "case.extend"):
        return []
    return work.session.scalars(
        select(Case)
        .join(Extension)
        .where(
            Extension.approved.is_(None), Case.department == work.actor.department,
            Case.state == State.ACCEPTED,
        )
        .order_by(Case.due_on, Case.id)
    ).all()  # fmt: skip


def _asked(work: UnitOfWork, case: Case, version: int) -> Extension:
    """The request that waits, held for its approver. Raises Forbidden, NotFound or Conflict."""
    policy.require(work.actor, "case.extend")
    policy.require_department(work.actor, frozenset({case.department}))
    seen(work, case, version)
    extension = case.extension
    if extension is None or extension.approved is not None:
        raise Conflict(N_("这件事没有等待批准的延期申请"))
    if extension.asked_by == work.actor.id:
        raise Conflict(N_("延期要由申请人以外的负责人批准"))
    after(case.state, "extend")
    return extension


def _decide(work: UnitOfWork, case: Case, extension: Extension, *, approved: bool) -> None:
    extension.approved, extension.decided_at = approved, work.now()
    extension.decided_by, case.saved_at = work.actor.id, work.now()
