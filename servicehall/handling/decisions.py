"""Decisions (审批决定): grant or refuse in writing; granting makes a license, a document, a payment."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from servicehall.applying import answering, branching
from servicehall.cases import deadlines, joining, letters, prefill, rechecking
from servicehall.cases.editing import seen
from servicehall.cases.models import Case
from servicehall.cases.states import State, after
from servicehall.handling import aftercheck, delivering, hearings
from servicehall.identity import directory, policy
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import issuing, library, wallet
from servicehall.licenses.models import License
from servicehall.licenses.models import State as LicenseState
from servicehall.licenses.ordering import IssueOrder
from servicehall.licenses.record import Evidence, Holder
from servicehall.licenses.schema import LicenseTypes
from servicehall.notices import outbox
from servicehall.payments import billing, payouts
from servicehall.printing.dates import numeric_date
from servicehall.registries import grounds
from servicehall.sharing.datasets import DATASETS
from servicehall.standard.schema import Result

UNSEEN = N_("复核发现数据有变化或没有查到，请先看过并确认")


def obstacles(work: UnitOfWork, case: Case) -> list[str]:
    """Why the case cannot be granted yet, as sentences (N_); empty where it can."""
    found = [waits] if (waits := hearings.hindrance(work, case)) else []
    joined = joining.outcome(case)
    if joining.awaited(case):
        found.append(N_("还有部门没有提交审查意见"))
    if joined == "refused":
        found.append(N_("有部门不同意，只能作出不予许可决定"))
    if any(fact.status == "declared" for fact in prefill.facts(case)):
        found.append(N_("还有自行申报的数据没有核对"))
    if rechecking.unseen(case):
        found.append(UNSEEN)
    bill = billing.of(work, case.matter)
    if bill and bill.paid_at is None:
        found.append(N_("费用尚未缴清"))
    calls = branching.of(case)
    wanted = [row for row in case.materials if _required(case, row.code)]
    if any(
        r.how in ("window", "later") or (r.how == "pending" and calls.calls_for(r.code))
        for r in wanted
    ):
        found.append(N_("还有必要材料没有交齐"))
    return found


def grant(work: UnitOfWork, case: Case, *, version: int) -> None:
    """Grant (准予): plans the license whose bytes ``finish`` signs. Raises Conflict with the reason."""
    _decide(work, case, version)
    if hindrances := obstacles(work, case):
        raise Conflict(hindrances[0])
    _on_fresh_data(work, case)
    _grant(work, case, ())


def grant_by_rule(work: UnitOfWork, case: Case, explained: Sequence[str]) -> None:
    """Grant by the department's published rules (秒批), *explained* rule by rule in the letter."""
    policy.require(work.actor, "case.rule")
    _grant(work, case, explained)


def _grant(work: UnitOfWork, case: Case, explained: Sequence[str]) -> None:
    case.state = after(case.state, "grant")
    result = case.item.result
    if result and result.license_type:
        issuing.plan(work, _order(work, case, result))
    if result and (fen := _benefit(case, result)):
        payouts.order(
            work, case.matter, party=case.party, name=result.name, fen=fen, account=_account(case)
        )
    letters.granted(work, case, explained)
    delivering.decided(work, case)
    aftercheck.open_for(work, case)
    _end(work, case, "case.granted", N_("您的办件 %(number)s“%(item)s”已准予"))


def grant_by_silence(work: UnitOfWork, case: Case) -> None:
    """A renewal asked for in time and undecided at expiry is granted (行政许可法 第50条第2款)."""
    work.hold(case)
    if case.state not in (State.ACCEPTED, State.SUSPENDED) or case.renews_until is None:
        return
    if case.renews_until >= work.today():
        return
    case.state = after(case.state, "grant_by_silence")
    for pause in case.pauses:
        pause.ended_on = pause.ended_on or max(work.today(), pause.starts_on)
    deadlines.set_clock(work, case)
    if (result := case.item.result) and result.license_type:
        issuing.plan(work, _order(work, case, result))
    letters.granted(work, case, silence=True)
    delivering.decided(work, case)
    text = N_("您的办件 %(number)s“%(item)s”到期没有作出决定，依法视为准予延续")
    _end(work, case, "case.granted_by_silence", text)


def _account(case: Case) -> str:
    """Where a benefit is paid to: the bank account that was asked for, whatever it is called."""
    asked = (
        q.code for part in case.item.sections for q in part.questions if q.kind == "bank_account"
    )
    return next((str(case.answers[code]) for code in asked if case.answers.get(code)), "")


def refuse(work: UnitOfWork, case: Case, *, reason: str, version: int) -> None:
    """Refuse in writing with reasons (不予许可, 行政许可法 第38条). Raises Invalid without them."""
    _decide(work, case, version)
    if waits := hearings.hindrance(work, case):
        raise Conflict(waits)
    if len(reason.strip()) < 5:
        raise Invalid(N_("请写明不予许可的理由和依据（至少 5 个字）"), field="reason")
    _on_fresh_data(work, case)
    case.state, case.reason = after(case.state, "refuse"), reason.strip()
    case.closed_at = work.now()
    letters.refused(work, case)
    _end(
        work,
        case,
        "case.refused",
        N_("您的办件 %(number)s“%(item)s”未获准予，请查看理由和救济途径"),
    )


def refuse_unsupplied(work: UnitOfWork, case: Case) -> None:
    """What was to come later did not come by its day (容缺未补): refused in writing, by the clock."""
    work.hold(case)
    if case.state is not State.ACCEPTED or not case.supply_by or case.supply_by >= work.today():
        return
    policy.require(work.actor, "case.rule")
    names = {m.code: m.name for m in case.item.materials}
    lacking = "、".join(names[row.code] for row in case.materials if row.how == "window")
    case.state = after(case.state, "refuse")
    case.reason = f"容缺受理时约定在{numeric_date(case.supply_by)}前补交的材料没有补交：{lacking}。"
    case.closed_at = work.now()
    letters.refused(work, case)
    _end(
        work, case, "case.refused", N_("您的办件 %(number)s“%(item)s”因容缺材料逾期未补，未获准予")
    )


def finish(work: UnitOfWork, case: Case) -> None:
    """Make what a grant promised (制证); online it is delivered and closed too; again is harmless."""
    license = wallet.of_case(work, case.number)
    if license is not None:
        issuing.finish(work, license)  # signs and stores before the case is locked
    work.hold(case)
    if case.state is not State.GRANTED:
        return
    delivering.made(work, case)


def _decide(work: UnitOfWork, case: Case, version: int) -> None:
    policy.require(work.actor, "case.decide")
    policy.require_department(work.actor, frozenset({case.department}))
    seen(work, case, version)


def _on_fresh_data(work: UnitOfWork, case: Case) -> None:
    """A decision rests on what the registries say now, and somebody has seen what changed."""
    if rechecking.is_due(work, case):
        raise Conflict(N_("作出决定前要先复核共享数据"))
    if rechecking.unseen(case):
        raise Conflict(UNSEEN)


def _end(work: UnitOfWork, case: Case, act: str, text: str) -> None:
    case.decided_at, case.decided_by = work.now(), work.actor.id
    grounds.close(work, case.matter)
    work.record(act, case.matter, person=case.party)
    outbox.post(work, case.party, case.matter, text, number=case.number, item=case.item_name)


def _benefit(case: Case, result: Result) -> int:
    """What is to be paid, in fen: a fixed amount, or what the applicant asked for (in yuan)."""
    if not result.benefit_question:
        return result.benefit_fen
    return _fen(case.answers.get(result.benefit_question))


def _fen(yuan: object) -> int:
    return int(Decimal(str(yuan or 0)) * 100)


def _required(case: Case, code: str) -> bool:
    return any(m.code == code and m.needed != "optional" for m in case.item.materials)


def _order(work: UnitOfWork, case: Case, result: Result) -> IssueOrder:
    kind, code, name = directory.holder(work, case.party)
    return IssueOrder(
        key=case.number or "",
        type=work.use(LicenseTypes)[result.license_type],
        holder=Holder(
            kind="organization" if kind == "organization" else "person", code=code, name=name
        ),
        faces={field: carried(work, case, source) for field, source in result.carries.items()},
        party=case.party,
        evidence=_evidence(case),
        renews=_renewed(work, case, code, result.license_type) if result.renews else None,
    )


def _renewed(work: UnitOfWork, case: Case, code: str, slug: str) -> License | None:
    """The license in force, or the one that expired while this renewal was waiting."""
    if held := library.held(work, code, slug):
        return held
    waited = (
        one for one in library.of_holder(work, code)
        if one.type == slug and one.state is LicenseState.VALID
        and case.renews_until and one.valid_to == case.renews_until
    )  # fmt: skip
    return next(waited, None)


def carried(work: UnitOfWork, case: Case, source: str) -> str:
    """The value that *source* (``registry:``, ``answer:``, ``license:``, ``literal:``) stands for."""
    kind, _, name = source.partition(":")
    return _on_face(work, case, name) if kind == "license" else carried_here(case, source)


def carried_here(case: Case, source: str) -> str:
    """As ``carried``, of what the case itself holds."""
    kind, _, name = source.partition(":")
    if kind == "registry":
        return prefill.value(case, name)
    if kind == "answer":
        return _worded(case, name)
    return name


def _on_face(work: UnitOfWork, case: Case, name: str) -> str:
    """What the applicant's license says. Raises Conflict where it is no longer in force."""
    slug, _, field = name.partition(".")
    _, code, _ = directory.holder(work, case.party)
    license = library.held(work, code, slug)
    if license is None:
        raise Conflict(N_("申请人作为依据的证照已经不在有效状态"))
    return next((face.value for face in license.record.faces if face.code == field), "")


def _worded(case: Case, code: str) -> str:
    questions = {q.code: q for part in case.item.sections for q in part.questions}
    question, said = questions[code], case.answers.get(code, "")
    if question.kind == "money" and said:
        return str(_fen(said))  # a license counts in fen
    return answering.worded(question, said)


def _evidence(case: Case) -> tuple[Evidence, ...]:
    """What verified every value, as it was last asked before the decision."""
    return tuple(
        Evidence(
            fact=fact.name, registry=DATASETS[fact.dataset].library, dataset=fact.dataset,
            field=fact.field, call=call, request_hash=digest, fetched_at=datetime.fromisoformat(at),
        )
        for fact in prefill.facts(case)
        for call, digest, at in [rechecking.proof(case, fact)]
        if fact.status == "verified"
    )  # fmt: skip
