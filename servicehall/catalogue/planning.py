"""Planning (暂停取消安排): an item stops on a day, and may go on after another; two persons agree."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, cast

from sqlalchemy import select

from servicehall.catalogue import edition, items, publishing
from servicehall.catalogue.models import ItemPlan as ItemPlan
from servicehall.identity import policy
from servicehall.kernel.errors import Conflict, Forbidden, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork

State = Literal["in_use", "suspended", "cancelled"]


def unfinished(work: UnitOfWork, code: str) -> ItemPlan | None:
    """The plan for item *code* that is asked for, agreed or running, if there is one."""
    return work.session.scalar(select(ItemPlan).where(ItemPlan.slot == code))


def pending(work: UnitOfWork) -> Sequence[ItemPlan]:
    """Every unfinished plan, the newest first."""
    query = select(ItemPlan).where(ItemPlan.slot.is_not(None)).order_by(ItemPlan.id.desc())
    return work.session.scalars(query).all()


def ask(
    work: UnitOfWork, code: str, *, state: Literal["suspended", "cancelled"], reason: str,
    starts_on: date, ends_on: date | None = None,
) -> ItemPlan:  # fmt: skip
    """Ask to suspend (暂停) or cancel (取消) item *code* from *starts_on* to *ends_on*.

    Raises Invalid for days or a reason that do not hold, Conflict while another plan stands.
    """
    policy.require(work.actor, "item.edit")
    items.known(work, code)
    if not reason.strip():
        raise Invalid(N_("请写明理由，申请人会看到"), field="reason")
    if starts_on < work.today():
        raise Invalid(N_("开始日期不能早于今天"), field="starts_on")
    if ends_on and (state == "cancelled" or ends_on < starts_on):
        raise Invalid(N_("结束日期不能早于开始日期；取消没有结束日期"), field="ends_on")
    if found := unfinished(work, code):
        raise Conflict(N_("这个事项已有%(name)s提出的暂停或取消安排"), name=found.author_name)
    plan = ItemPlan(
        code=code, slot=code, state=state, reason=reason.strip(), starts_on=starts_on,
        ends_on=ends_on, status="proposed", author=work.actor.id, author_name=work.actor.name,
        approver=None, asked_at=work.now(), decided_at=None,
    )  # fmt: skip
    work.session.add(plan)
    work.session.flush()
    work.record("item.plan_asked", code, plan=plan.id, state=state, starts=str(starts_on))
    return plan


def agree(work: UnitOfWork, plan: ItemPlan, *, version: int) -> None:
    """A second person agrees (同意): people are told at once, it runs from its day on.

    Raises Forbidden for whoever asked.
    """
    policy.require(work.actor, "item.publish")
    if work.actor.id == plan.author:
        raise Forbidden(N_("提出人不能同意自己的安排，请由另一位事项管理员同意"))
    _seen(work, plan, version)
    plan.status, plan.decided_at = "agreed", work.now()
    plan.approver, plan.approver_name = work.actor.id, work.actor.name
    items.known(work, plan.code).notice = {
        "state": plan.state, "reason": plan.reason, "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat() if plan.ends_on else "",
    }  # fmt: skip
    work.session.flush()
    edition.turn(work)  # pages that show the item are made anew
    work.record("item.plan_agreed", plan.code, plan=plan.id)
    turn(work, plan)


def end(work: UnitOfWork, plan: ItemPlan, *, version: int) -> None:
    """Take the plan back, or end it before its day (撤销、提前恢复): the item is in use again."""
    policy.require(work.actor, "item.edit")
    _seen(work, plan, version)
    ran = plan.status == "running"
    _finish(work, plan, "ended" if ran else "withdrawn")


def due(work: UnitOfWork) -> Sequence[ItemPlan]:
    """Agreed plans whose first day has come, and running ones whose last day is over."""
    today = work.today()
    starts = (ItemPlan.status == "agreed") & (ItemPlan.starts_on <= today)
    ends = (ItemPlan.status == "running") & (ItemPlan.ends_on < today)
    return work.session.scalars(select(ItemPlan).where(starts | ends)).all()


def turn(work: UnitOfWork, plan: ItemPlan) -> None:
    """Do what the day asks of *plan*; harmless to run again. Cases under way go on."""
    policy.require(work.actor, "item.publish")
    work.hold(plan)
    today = work.today()
    if plan.status == "agreed" and plan.starts_on <= today:
        plan.status = "running"
        _mark(work, plan, plan.state)
    if plan.status == "running" and plan.ends_on and plan.ends_on < today:
        _finish(work, plan, "ended")


def turn_one(work: UnitOfWork, tried: set[int] | None = None) -> bool:
    """Turn one plan that is due and not among *tried*; the caller commits each."""
    known = set() if tried is None else tried
    for plan in due(work):
        if plan.id not in known:
            known.add(plan.id)
            turn(work, plan)
            return True
    return False


def _finish(work: UnitOfWork, plan: ItemPlan, status: str) -> None:
    plan.status, plan.slot = status, None
    plan.decided_at = plan.decided_at or work.now()
    items.known(work, plan.code).notice = {}
    _mark(work, plan, "in_use")


def _mark(work: UnitOfWork, plan: ItemPlan, state: str) -> None:
    work.session.flush()
    publishing.mark(work, plan.code, state=cast(State, state), reason=plan.reason)


def _seen(work: UnitOfWork, plan: ItemPlan, version: int) -> None:
    work.hold(plan)
    if plan.version != version or plan.slot is None:
        raise Conflict(N_("这项安排在您查看之后已有变化，请先看最新内容再操作"))
