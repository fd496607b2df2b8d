"""Acceptance (受理): accept and start the clock, ask once for corrections, or refuse in writing."""

from collections.abc import Sequence
from datetime import datetime

from servicehall.cases import deadlines, letters
from servicehall.cases.acts import ACTS
from servicehall.cases.editing import seen
from servicehall.cases.models import Case, Correction, Review
from servicehall.cases.states import State, after
from servicehall.identity import policy
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.notices import outbox
from servicehall.payments import billing
from servicehall.registries import grounds
from servicehall.standard.schema import Limit, Step


def accept(work: UnitOfWork, case: Case, *, version: int) -> None:
    """Take the matter on (受理): the legal clock starts, reviews open side by side, a fee is billed."""
    policy.require(work.actor, "case.accept")
    seen(work, case, version)
    _start(work, case, work.now())
    work.record("case.accepted", case.matter, person=case.party, due=str(case.due_on or ""))
    letters.accepted(work, case)
    _tell(work, case, N_("您的办件 %(number)s“%(item)s”已受理"))


def accept_by_rule(work: UnitOfWork, case: Case) -> None:
    """Accepted by the published rules that decide it in the same act (秒批): nobody reviews it."""
    _begin_clock(work, case, work.now())
    work.record("case.accepted", case.matter, person=case.party, due=str(case.due_on or ""))
    letters.accepted(work, case)


def accept_by_silence(work: UnitOfWork, case: Case) -> None:
    """Nobody said anything in time: accepted as of the day it was received (行政许可法 第32条)."""
    work.hold(case)
    if case.state is not State.SUBMITTED or case.submitted_at is None:
        return
    answered = case.correction.answered_at if case.correction else None
    _start(work, case, answered or case.submitted_at)
    work.record("case.accepted_by_silence", case.matter, person=case.party)
    letters.accepted(work, case, silence=True)
    _tell(work, case, N_("您的办件 %(number)s“%(item)s”逾期未告知，依法视为已受理"))


def ask_correction(work: UnitOfWork, case: Case, points: Sequence[str], *, version: int) -> None:
    """Say once and all at once what must be corrected (补正告知, 行政许可法 第32条).

    Raises Invalid without a point, Conflict for a second notice.
    """
    policy.require(work.actor, "case.accept")
    seen(work, case, version)
    said = [point.strip() for point in points if point.strip()]
    if not said:
        raise Invalid(N_("请写明需要补正的全部内容"), field="points")
    _demand_nothing_held(case, said)
    if case.correction:
        work.refuse("case.correction_again", case.matter, person=case.party)
        raise Conflict(N_("补正只能一次性告知，不能再次要求补正"))
    case.state = after(case.state, "ask_correction")
    case.correction = Correction(
        asked_at=work.now(), by=work.actor.id, points=said, answered_at=None,
        answer_by=deadlines.due(work, work.today(), deadlines.CORRECT_WITHIN),
    )  # fmt: skip
    work.record("case.correction_asked", case.matter, person=case.party, points=len(said))
    letters.correction(work, case, said)
    _tell(work, case, N_("您的办件 %(number)s“%(item)s”需要补正，请查看并一次补齐"))


def _demand_nothing_held(case: Case, points: Sequence[str]) -> None:
    """What data or a license already prove may not be asked for again (国令716号 第7条)."""
    held = {row.code for row in case.materials if row.how in ("registry", "license")}
    for material in case.item.materials:
        if material.code in held and any(material.name in point for point in points):
            raise Invalid(
                N_("“%(name)s”已由共享数据或电子证照免提交，不能再要"),
                field="points", name=material.name,
            )  # fmt: skip


def refuse(work: UnitOfWork, case: Case, reason: str, *, version: int) -> None:
    """Refuse acceptance in writing, with the reason (不予受理). Raises Invalid without one."""
    policy.require(work.actor, "case.accept")
    seen(work, case, version)
    if not reason.strip():
        raise Invalid(N_("请写明不予受理的理由和依据"), field="reason")
    _turn_away(work, case, "refuse_acceptance", reason)
    letters.acceptance_refused(work, case)
    _tell(work, case, N_("您的办件 %(number)s“%(item)s”不予受理，请查看理由和救济途径"))


def declare_not_needed(work: UnitOfWork, case: Case, reason: str, *, version: int) -> None:
    """The law asks for no permit here: said at once (行政许可法 第32条第1款第1项). Raises Invalid."""
    policy.require(work.actor, "case.accept")
    seen(work, case, version)
    if not reason.strip():
        raise Invalid(N_("请写明为什么依法不需要办理"), field="needless")
    _turn_away(work, case, "declare_not_needed", reason)
    letters.not_needed(work, case)
    _tell(work, case, N_("您的办件 %(number)s“%(item)s”依法不需要办理，请查看告知书"))


def send_back(work: UnitOfWork, case: Case, *, office: str, reason: str, version: int) -> None:
    """Not this office's power: refused at once, and told whose it is (退件, 第32条第1款第2项).

    Raises Invalid where the right office or the reason is missing.
    """
    policy.require(work.actor, "case.accept")
    seen(work, case, version)
    if not office.strip():
        raise Invalid(N_("请写明应当向哪个机关申请"), field="office")
    if not reason.strip():
        raise Invalid(N_("请写明不属于本机关职权范围的理由"), field="beyond")
    _turn_away(work, case, "return", reason)
    letters.returned(work, case, office.strip())
    _tell(work, case, N_("您的办件 %(number)s“%(item)s”不属于本机关职权，请查看应当向哪个机关申请"))


def end_uncorrected(work: UnitOfWork, case: Case) -> None:
    """The correction did not come by its day (补正不来办结): the matter ends; one may apply again."""
    work.hold(case)
    notice = case.correction
    if case.state is not State.CORRECTION or notice is None or notice.answer_by is None:
        return
    if notice.answer_by >= work.today():
        return
    _turn_away(work, case, "end_uncorrected", "")
    letters.uncorrected(work, case)
    _tell(work, case, N_("您的办件 %(number)s“%(item)s”逾期没有补正，已经办结；可以重新申请"))


def _turn_away(work: UnitOfWork, case: Case, act: str, reason: str) -> None:
    """End a case that was never accepted."""
    case.state = after(case.state, act)
    case.reason, case.decided_at, case.decided_by = reason.strip(), work.now(), work.actor.id
    case.closed_at = work.now()
    grounds.close(work, case.matter)
    work.record(ACTS[act].entry, case.matter, person=case.party)


def _begin_clock(work: UnitOfWork, case: Case, moment: datetime) -> None:
    case.state = after(case.state, "accept")
    case.accepted_at = moment
    deadlines.set_clock(work, case)


def _start(work: UnitOfWork, case: Case, moment: datetime) -> None:
    case.reviews.extend(_review(step) for step in case.item.parallel)
    _begin_clock(work, case, moment)
    _agree_on_days(work, case)
    if case.item.fee:
        fee = case.item.fee
        billing.raise_bill(work, case.matter, party=case.party, name=fee.name, fen=fee.fen)


def _agree_on_days(work: UnitOfWork, case: Case) -> None:
    """What is missing and may come later has a day from now on (容缺受理)."""
    declared = {m.code: m.supply_days for m in case.item.materials}
    days = [declared[row.code] for row in case.materials if row.how == "window"]
    if agreed := [count for count in days if count]:
        case.supply_by = deadlines.due(work, work.today(), Limit(days=min(agreed)))


def _review(step: Step) -> Review:
    return Review(
        name=step.name, department=step.department, department_name=step.department_name,
        due_on=None, defaults=step.silence == "agrees", agrees=None, opinion=None, at=None,
        waived_at=None,
    )  # fmt: skip


def _tell(work: UnitOfWork, case: Case, text: str) -> None:
    outbox.post(work, case.party, case.matter, text, number=case.number, item=case.item_name)
