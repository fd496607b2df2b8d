"""Supplying (容缺后补): what was promised for later is handed in after acceptance, within its days.

The clerk looks at it (``handling.receiving``); until it holds, nothing is decided. What did not come by
its day is refused by the clock (``decisions.refuse_unsupplied``).
"""

from collections.abc import Sequence

from sqlalchemy import select, union_all

from servicehall.applying import attaching
from servicehall.cases.later import Revocation
from servicehall.cases.models import Case, CaseMaterial, Supplement
from servicehall.cases.states import State
from servicehall.identity import policy
from servicehall.kernel.errors import Conflict
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork

HERE = (State.ACCEPTED, State.SUSPENDED)
LATER = "later"  # handed in, not looked at yet


def open_papers(case: Case) -> Sequence[CaseMaterial]:
    """What may be handed in now: what is still to come, and what nobody has looked at yet."""
    if case.state not in HERE:
        return []
    return [row for row in case.materials if row.how in ("window", LATER)]


def asked(work: UnitOfWork, cases: Sequence[Case]) -> set[int]:
    """The ids of those *cases* in which the applicant owes a paper, an answer that the window passed
    on, or a word before a revocation; one question, however many cases."""
    running = [case.id for case in cases if case.state in HERE]
    answers = select(Supplement.case_id).where(
        Supplement.case_id.in_(running),
        Supplement.passed_at.is_not(None), Supplement.answered_at.is_(None),
    )  # fmt: skip
    words = select(Revocation.case_id).where(
        Revocation.case_id.in_([case.id for case in cases]),
        Revocation.revoked.is_(None), Revocation.stated_at.is_(None),
    )  # fmt: skip
    papers = {case.id for case in cases if case.state in HERE and case.supply_by}
    return papers.union(work.session.scalars(union_all(answers, words)))


def hand_in(work: UnitOfWork, case: Case, code: str, *, name: str, content: bytes) -> CaseMaterial:
    """Keep the file for material *code*, to be looked at. Raises NotFound, Invalid (a faulty file).

    Raises Conflict where nothing is awaited, or its day is over.
    """
    policy.require_party(work.actor, case.party)
    work.hold(case)
    row, declared = attaching.material(case, code)
    if row not in open_papers(case):
        raise Conflict(N_("这份材料现在不用补交，请刷新页面"))
    if case.supply_by and case.supply_by < work.today():
        raise Conflict(N_("补交的期限已过，不能再补交；可以补齐后重新申请"))
    attaching.keep(work, row, declared, name=name, content=content)
    row.how, case.saved_at = LATER, work.now()
    settle(case)
    work.record("case.supplied", case.matter, person=case.party, material=code, sha256=row.sha256)
    return row


def settle(case: Case) -> None:
    """Once nothing is still to come, no day runs any more."""
    if not any(row.how == "window" for row in case.materials):
        case.supply_by = None
