"""Receiving (窗口收取和核对): papers that were to be brought later, and values nobody verified yet."""

from servicehall.applying import attaching, supplying
from servicehall.cases import deadlines, sight
from servicehall.cases.editing import seen
from servicehall.cases.models import Case, CaseMaterial
from servicehall.cases.states import OPEN
from servicehall.identity import policy
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.notices import outbox
from servicehall.payments import billing
from servicehall.standard.schema import Limit


def receive(work: UnitOfWork, case: Case, code: str, *, version: int) -> CaseMaterial:
    """The paper was handed over at the window (收取补交材料). Raises NotFound or Conflict."""
    policy.require(work.actor, "case.accept")
    _held(work, case, version)
    row, _ = attaching.material(case, code)
    if row.how not in ("window", "pending"):
        raise Conflict(N_("这份材料已经有了，不用再收"))
    row.how, row.supplied_at = "paper", work.now()
    case.saved_at = work.now()
    supplying.settle(case)
    work.record("case.received", case.matter, person=case.party, material=code)
    return row


def check(
    work: UnitOfWork, case: Case, code: str, *, holds: bool | None, reason: str, version: int
) -> None:
    """Look at a paper that was handed in later (核对补交材料): it holds, or is asked for again.

    Asked for again it has its days anew. Raises Invalid without a result or a reason, Conflict.
    """
    policy.require(work.actor, "case.accept")
    _held(work, case, version)
    row, declared = attaching.material(case, code)
    if row.how != supplying.LATER:
        raise Conflict(N_("这份材料没有等待核对，请刷新页面"))
    if holds is None:
        raise Invalid(N_("请选择补交的材料是否符合要求"), field="holds")
    if not holds and len(reason.strip()) < 5:
        raise Invalid(
            N_("请写明哪里不符合要求（至少 5 个字），会告知申请人"), field="supply_reason"
        )
    case.saved_at = work.now()
    if holds:
        row.how = "upload"
        work.record("case.supply_checked", case.matter, person=case.party, material=code)
        return
    row.how = "window"
    attaching.forget(row)
    case.supply_by = deadlines.due(work, work.today(), Limit(days=declared.supply_days))
    work.record("case.supply_returned", case.matter, person=case.party, material=code)
    outbox.post(
        work, case.party, case.matter,
        N_("您为办件 %(number)s 补交的“%(name)s”不符合要求：%(words)s。请在 %(day)s 前重新补交"),
        number=case.number, name=declared.name, words=reason.strip(), day=str(case.supply_by or ""),
    )  # fmt: skip


def confirm(work: UnitOfWork, case: Case, name: str, *, version: int) -> None:
    """Staff checked a value that the applicant declared by hand (核对自行申报的数据)."""
    policy.require(work.actor, "case.read")
    sight.require_data(work, case, name.rpartition(".")[0])
    _held(work, case, version)
    if case.facts.get(name, {}).get("status") != "declared":
        raise Invalid(N_("这项数据不需要核对"), field="fact")
    case.facts = {**case.facts, name: {**case.facts[name], "status": "confirmed"}}
    case.saved_at = work.now()
    work.record("case.confirmed", case.matter, person=case.party, fact=name)


def settle_fee(work: UnitOfWork, case: Case, receipt: str, *, version: int) -> None:
    """The fee was taken at the window, as the fiscal receipt proves (窗口收费), while it is owed."""
    policy.require(work.actor, "case.settle_fee")
    _held(work, case, version)
    billing.settle(work, case.matter, receipt)


def _held(work: UnitOfWork, case: Case, version: int) -> None:
    seen(work, case, version)
    if case.state not in OPEN:
        raise Conflict(N_("这件事的状态已经改变，不能再做这一步，请刷新页面"))
