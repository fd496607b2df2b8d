"""Supplementing (补充): a reviewing department asks, the one window passes it on; one window outward."""

from servicehall.cases import joining
from servicehall.cases.editing import seen
from servicehall.cases.models import Case, Supplement
from servicehall.cases.states import State
from servicehall.identity import directory, policy
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.notices import outbox


def ask(work: UnitOfWork, case: Case, words: str, *, version: int) -> Supplement:
    """Say what the department still needs to know (补充请求); the applicant hears of it from the window.

    The time of the review runs on: only a special procedure stops it. Raises NotFound where the
    department has no open review, Invalid without words, Conflict while one of its own is open.
    """
    policy.require(work.actor, "case.review")
    seen(work, case, version)
    mine = work.actor.department
    if mine not in {review.department for review in joining.awaited(case)}:
        raise NotFound
    if case.state is not State.ACCEPTED:
        raise Conflict(N_("办件不在审查阶段，现在不能要求补充"))
    if len(words.strip()) < 5:
        raise Invalid(N_("请写明需要补充什么、为什么（至少 5 个字）"), field="supplement")
    if any(s.department == mine and s.answered_at is None for s in case.supplements):
        raise Conflict(N_("本部门上一次的补充请求还没有答复"))
    row = Supplement(
        department=mine, department_name=directory.department(work, mine).name,
        words=words.strip(), asked_at=work.now(), asked_by=work.actor.id, passed_at=None,
        answer=None, answered_at=None,
    )  # fmt: skip
    case.supplements.append(row)
    case.saved_at = work.now()
    work.record("case.supplement_asked", case.matter, person=case.party)
    return row


def pass_on(work: UnitOfWork, case: Case, number: int, *, version: int) -> None:
    """Ask the applicant in the name of the one window (转告申请人). Raises Conflict a second time."""
    policy.require(work.actor, "case.accept")
    seen(work, case, version)
    row = _open(case, number)
    if row.passed_at is not None:
        raise Conflict(N_("已经转告过申请人"))
    row.passed_at, row.passed_by = work.now(), work.actor.id
    case.saved_at = work.now()
    work.record("case.supplement_passed", case.matter, person=case.party)
    outbox.post(
        work, case.party, case.matter,
        N_("您的办件 %(number)s 审查中需要补充说明：%(words)s。请到窗口或电话答复，不影响办理时限"),
        number=case.number, words=row.words,
    )  # fmt: skip


def answer(work: UnitOfWork, case: Case, number: int, said: str, *, version: int) -> None:
    """Write down what came back, or why it is not asked for (答复). Raises Invalid without words."""
    policy.require(work.actor, "case.accept")
    seen(work, case, version)
    row = _open(case, number)
    if len(said.strip()) < 2:
        raise Invalid(N_("请写明答复的内容"), field="answer")
    row.answer, row.answered_at, row.answered_by = said.strip(), work.now(), work.actor.id
    case.saved_at = work.now()
    work.record("case.supplement_answered", case.matter, person=case.party)


def _open(case: Case, number: int) -> Supplement:
    for row in case.supplements:
        if row.id == number and row.answered_at is None:
            return row
    raise Conflict(N_("这条补充请求已经答复"))
