"""Instant (秒批): accepted and decided in one act by published rules on verified facts, never refused.

Whoever fits no rule, or of whom anything is not known for sure, is decided by a person
(个人信息保护法 第24条).
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from servicehall.automating.models import InstantDecision
from servicehall.cases import prefill, rechecking
from servicehall.cases.models import Case
from servicehall.cases.prefill import Fact
from servicehall.cases.states import State
from servicehall.catalogue.models import ItemRevision
from servicehall.handling import acceptance, decisions
from servicehall.kernel.clock import local
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.sharing.datasets import DATASETS
from servicehall.standard import rulings
from servicehall.standard.rulings import Verdict
from servicehall.standard.schema import Automatic

WHY: dict[str, str] = {
    "stale": N_("共享数据没有查到、由本人申报或者不够新"),
    "rules": N_("不是每一条规则都能确定成立"),
    "answers": N_("填写了要人工核对的内容"),
    "papers": N_("有材料要人工查看"),
    "obstacles": N_("还有没有办完的环节"),
}
OUTCOMES = {"met": N_("符合"), "unmet": N_("不符合"), "open": N_("不能确定")}
_UNSEEN = frozenset({"registry", "license", "promise"})  # papers that nobody has to look at


def of(work: UnitOfWork, case: Case) -> InstantDecision | None:
    """What the rules said of *case*, if they were asked."""
    return work.session.scalar(select(InstantDecision).filter_by(case_id=case.id))


def is_due(work: UnitOfWork, case: Case) -> bool:
    """Whether the rules are to be asked: handed in, an item with rules, and not asked yet."""
    return (
        case.item.automatic is not None
        and case.state is State.SUBMITTED
        and case.correction is None
        and of(work, case) is None
    )


def decide(work: UnitOfWork, case: Case) -> InstantDecision | None:
    """Grant where every rule holds (秒批), in the hall's own name; else leave it to a person.

    None where there is nothing to decide (any more). Raises nothing that the applicant could mend.
    """
    work.hold(case)
    automatic = case.item.automatic
    if automatic is None or not is_due(work, case):
        return None
    facts = _certain(work, case)
    verdicts = rulings.judged(automatic, {name: fact.value for name, fact in facts.items()})
    reason = _reason(case, automatic, facts, verdicts)
    if not reason and decisions.obstacles(work, case):
        reason = "obstacles"
    made = InstantDecision(
        case_id=case.id, case=case, at=work.now(), granted=not reason, reason=reason,
        digest=case.revision.digest, verdicts=[_told(case, one, facts) for one in verdicts],
        drawn=None, sound=None, note=None, looked_at=None,
    )  # fmt: skip
    work.session.add(made)
    work.record(
        "case.ruled", case.matter, person=case.party, granted=made.granted,
        rules={one.ruling.code: one.outcome for one in verdicts}, wording=made.digest[:12],
        **({"reason": reason} if reason else {}),
    )  # fmt: skip
    if made.granted:
        acceptance.accept_by_rule(work, case)
        decisions.grant_by_rule(work, case, _explained(case, made))
    return made


def decide_one(work: UnitOfWork, tried: set[int]) -> bool:
    """What was handed in and not judged yet, as after a crash or by a bundle: one such case."""
    for case in _waiting(work, tried):
        tried.add(case.id)
        if is_stale(work, case):
            calls = rechecking.plan(work, case)
            work.commit()
            rechecking.fetch(work, case, calls, version=case.version)
        decide(work, case)
        return True
    return False


def _waiting(work: UnitOfWork, tried: set[int]) -> Iterator[Case]:
    judged = select(InstantDecision.case_id)
    query = select(Case).join(Case.revision).where(
        Case.state == State.SUBMITTED, Case.id.not_in(judged), Case.id.not_in(tried),
        ItemRevision.body["automatic"]["rules"].as_string().is_not(None),
    )  # fmt: skip
    yield from (
        case for case in work.session.scalars(query.order_by(Case.id)) if is_due(work, case)
    )


def is_stale(work: UnitOfWork, case: Case) -> bool:
    """Whether registries must be asked (again) first: the worker does, nobody waits for it."""
    automatic = case.item.automatic
    known = _certain(work, case)
    return automatic is not None and bool(rulings.rests_on(automatic) - known.keys())


def _certain(work: UnitOfWork, case: Case) -> dict[str, Fact]:
    """The facts that a registry verified, not longer ago than a decision allows."""
    oldest = (work.now() - rechecking.FRESH).isoformat(timespec="seconds")
    return {
        fact.name: fact
        for fact in prefill.facts(case)
        if fact.status == "verified" and rechecking.proof(case, fact)[2] >= oldest
    }


def _reason(
    case: Case, automatic: Automatic, facts: dict[str, Fact], verdicts: list[Verdict]
) -> str:
    """Why a person decides; "" where the rules do."""
    if rulings.rests_on(automatic) - facts.keys():
        return "stale"
    if any(one.outcome != "met" for one in verdicts):
        return "rules"
    if any(case.answers.get(code) for code in automatic.unless):
        return "answers"
    optional = {m.code for m in case.item.materials if m.needed == "optional"}
    looked_at = [
        row for row in case.materials
        if row.how not in _UNSEEN and not (row.how == "pending" and row.code in optional)
    ]  # fmt: skip
    return "papers" if looked_at else ""


def _told(case: Case, verdict: Verdict, facts: dict[str, Fact]) -> dict[str, Any]:
    basis = verdict.ruling.basis
    rests = [
        (name, *rechecking.proof(case, facts[name])) for name in verdict.facts if name in facts
    ]
    return {
        "code": verdict.ruling.code, "name": verdict.ruling.name,
        "name_en": verdict.ruling.name_en, "outcome": verdict.outcome,
        "law": basis.law, "article": basis.article,
        "facts": [{"name": name, "call": call, "at": at} for name, call, _, at in rests],
    }  # fmt: skip


def _explained(case: Case, made: InstantDecision) -> list[str]:
    """The decision rule by rule, as the letter says it."""
    said = [
        f"本决定由{case.item.department_name}按照公布的审批规则（事项版本 {made.digest[:12]}）"
        f"于{local(made.at):%Y-%m-%d %H:%M:%S}自动作出，逐条判断如下："
    ]
    for number, told in enumerate(made.verdicts, 1):
        sources = "、".join(_source(fact["name"]) for fact in told["facts"])
        said.append(
            f"{number}．{told['name']}：符合。依据《{told['law']}》{told['article']}；"
            f"数据来自{sources}，已核验。"
        )
    said.append("你可以要求对本决定作人工复核（个人信息保护法第二十四条）。")
    return said


def _source(name: str) -> str:
    dataset, _, field = name.rpartition(".")
    return f"{DATASETS[dataset].library}“{DATASETS[dataset].fields[field]}”"
