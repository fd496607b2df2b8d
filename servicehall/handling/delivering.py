"""Delivering (送达): what was made reaches the applicant, within ten days (行政许可法 第44条)."""

from servicehall.applying import sending
from servicehall.cases import deadlines, letters
from servicehall.cases.editing import seen
from servicehall.cases.models import Case
from servicehall.cases.states import State, after
from servicehall.identity import policy
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.notices import outbox


def decided(work: UnitOfWork, case: Case) -> None:
    """The ten days begin with the decision; who chose no other way gets the result online."""
    if case.delivery is None:
        case.delivery = sending.fresh()
    case.delivery.due_on = deadlines.due(work, work.today(), deadlines.DELIVER_WITHIN)


def made(work: UnitOfWork, case: Case) -> None:
    """The result is made: online it is delivered at once, on paper it waits to be handed over."""
    case.state = after(case.state, "make")
    delivery = case.delivery
    if delivery is None or delivery.how == sending.ONLINE:
        _close(work, case)
        return
    delivery.made_at = work.now()
    work.record("case.made", case.matter, person=case.party, how=delivery.how)
    outbox.post(
        work, case.party, case.matter,
        N_("您的办件 %(number)s“%(item)s”的结果已经做好，请凭有效证件到窗口领取")
        if delivery.how == "window"
        else N_("您的办件 %(number)s“%(item)s”的结果已经做好，即将寄出"),
        number=case.number, item=case.item_name,
    )  # fmt: skip


def deliver(work: UnitOfWork, case: Case, *, taken_by: str, proof: str, version: int) -> None:
    """Hand over or post what was made (窗口送达、邮寄): who took it, and what proves it.

    *proof* is the waybill (运单号), or the document that proved who took it. Raises Invalid, Conflict.
    """
    policy.require(work.actor, "case.accept")
    seen(work, case, version)
    after(case.state, "deliver")
    if not taken_by.strip():
        raise Invalid(N_("请填写收件人姓名"), field="taken_by")
    if not proof.strip():
        raise Invalid(N_("请填写运单号或核验的证件"), field="proof")
    if case.delivery:
        case.delivery.taken_by, case.delivery.proof = taken_by.strip(), proof.strip()
    _close(work, case)


def is_late(work: UnitOfWork, case: Case) -> None:
    """The ten days are over and nothing was delivered: on record for supervision, said once."""
    work.hold(case)
    delivery = case.delivery
    if delivery is None or delivery.due_on is None or delivery.late_at or delivery.delivered_at:
        return
    if delivery.due_on >= work.today() or case.state not in (State.GRANTED, State.MADE):
        return
    delivery.late_at, case.saved_at = work.now(), work.now()
    work.record("case.delivery_late", case.matter, person=case.party, due=str(delivery.due_on))
    outbox.post(
        work, case.party, case.matter,
        N_("您的办件 %(number)s“%(item)s”超过法定十个工作日还没有送达，已通知监督人员"),
        number=case.number, item=case.item_name,
    )  # fmt: skip


def _close(work: UnitOfWork, case: Case) -> None:
    case.state, case.closed_at = after(case.state, "deliver"), work.now()
    if case.delivery:
        case.delivery.made_at = case.delivery.made_at or work.now()
        case.delivery.delivered_at, case.delivery.by = work.now(), work.actor.id
    work.record("case.closed", case.matter, person=case.party)
    letters.delivered(work, case)
    outbox.post(
        work, case.party, case.matter, N_("您的办件 %(number)s“%(item)s”已办结，结果已送达"),
        number=case.number, item=case.item_name,
    )  # fmt: skip
