"""Requesting (共享申请): a department asks, the provider answers in ten working days."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from servicehall.identity import directory, policy
from servicehall.kernel import workdays
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.sharing import granting
from servicehall.sharing.models import Resource, ShareRequest

ANSWER_DAYS = 10  # working days (国发〔2016〕51号, 国令第809号)
MOST = 500
STATES: Final = {
    "open": N_("待答复"), "granted": N_("已授权"), "refused": N_("不同意"), "withdrawn": N_("已撤回"),
}  # fmt: skip


def ask(
    work: UnitOfWork, resource: Resource, *, item: str, purpose: str, fields: Sequence[str],
    reason: str,
) -> ShareRequest:  # fmt: skip
    """Ask for *fields* of *resource* for one item and purpose, and say why (提出共享申请).

    Raises Forbidden for an item of another department, Invalid naming the field, Conflict where
    the same is being asked, or what is asked needs no grant.
    """
    policy.require(work.actor, "sharing.ask")
    if granting.department_of(item) != work.actor.department:
        raise Forbidden(N_("只能为本部门的事项申请共享数据"))
    _may_be_asked(resource, fields)
    purpose, reason = _worded(purpose, "purpose"), _worded(reason, "reason")
    slot = f"{resource.code}|{item}|{purpose}"
    if work.session.scalar(select(ShareRequest.id).where(ShareRequest.slot == slot)):
        raise Conflict(N_("同一事项和用途已经申请过，正在等待答复"))
    today = work.today()
    made = ShareRequest(
        key=directory.new_key(), resource_id=resource.id, resource=resource,
        department=work.actor.department, item=item, purpose=purpose, fields=sorted(fields),
        reason=reason, slot=slot, asked_at=work.now(), asked_by=work.actor.id, state="open",
        due_on=workdays.due(work.session, today, ANSWER_DAYS), answered_at=None,
    )  # fmt: skip
    work.session.add(made)
    work.record("sharing.asked", made.key, resource=resource.code, item=item, fields=made.fields)
    return made


def grant(
    work: UnitOfWork, request: ShareRequest, *, fields: Sequence[str], expires_on: date | None,
    answer: str,
) -> None:  # fmt: skip
    """Agree, to all or to part of the fields, until a day (同意共享). Raises as ``granting.allow``."""
    _answering(work, request)
    if expires_on is None:
        raise Invalid(N_("请写明授权到哪一天"), field="expires_on")
    if not set(fields) <= set(request.fields):
        raise Invalid(N_("只能授权申请了的信息项"), field="fields")
    granting.allow(
        work, request.resource, item=request.item, purpose=request.purpose, fields=fields,
        expires_on=expires_on, request=request,
    )  # fmt: skip
    _close(work, request, "granted", answer.strip()[:MOST])


def refuse(work: UnitOfWork, request: ShareRequest, *, answer: str) -> None:
    """Disagree in writing, with reasons (不同意共享). Raises Invalid without them."""
    _answering(work, request)
    if len(answer.strip()) < 5:
        raise Invalid(N_("请写明不同意的理由和依据（至少 5 个字）"), field="answer")
    _close(work, request, "refused", answer.strip()[:MOST])


def withdraw(work: UnitOfWork, request: ShareRequest) -> None:
    """Take the request back (撤回申请). Raises Conflict once it is answered."""
    policy.require(work.actor, "sharing.ask")
    policy.require_department(work.actor, frozenset({request.department}))
    _still_open(work, request)
    _close(work, request, "withdrawn", "")


def one(work: UnitOfWork, key: str) -> ShareRequest:
    """A request of or to the actor's department. Raises NotFound, also for another's."""
    policy.require(work.actor, "sharing.read")
    found = work.session.scalar(select(ShareRequest).filter_by(key=key))
    if found is None or not _concerns(work, found):
        raise NotFound
    return found


def addressed(work: UnitOfWork, key: str) -> ShareRequest:
    """A request to the actor's department. Raises NotFound, also for one it made itself."""
    found = one(work, key)
    policy.require_department(work.actor, frozenset({found.resource.provider}))
    return found


def to_answer(work: UnitOfWork) -> Sequence[ShareRequest]:
    """What waits for the actor's department to answer, the soonest due first."""
    policy.require(work.actor, "sharing.answer")
    return _listed(work, ShareRequest.state == "open", Resource.provider == work.actor.department)


def waiting(work: UnitOfWork) -> int:
    """How many requests wait for the actor's department."""
    query = select(func.count()).select_from(ShareRequest).join(Resource)
    mine = Resource.provider == work.actor.department, ShareRequest.state == "open"
    return work.session.scalar(query.where(*mine)) or 0


def asked(work: UnitOfWork) -> Sequence[ShareRequest]:
    """What the actor's department asked for, the newest first."""
    policy.require(work.actor, "sharing.ask")
    return _listed(work, ShareRequest.department == work.actor.department, newest=True)


def answered(work: UnitOfWork) -> Sequence[ShareRequest]:
    """What the actor's department answered, or was taken back from it, the newest first."""
    policy.require(work.actor, "sharing.answer")
    mine = Resource.provider == work.actor.department
    return _listed(work, ShareRequest.state != "open", mine, newest=True)


def everywhere(work: UnitOfWork) -> Sequence[ShareRequest]:
    """Every open request of the city, the soonest due first, for whoever supervises."""
    policy.require(work.actor, "sharing.read")
    return _listed(work, ShareRequest.state == "open")


def is_late(work: UnitOfWork, request: ShareRequest) -> bool:
    """Whether the provider's ten working days are over and nothing was answered."""
    return request.state == "open" and bool(request.due_on and request.due_on < work.today())


def _may_be_asked(resource: Resource, fields: Sequence[str]) -> None:
    terms = resource.dataset
    if terms.share == "none":
        raise Invalid(N_("这项资源不予共享：%(basis)s"), field="fields", basis=terms.basis)
    if terms.share == "unconditional":
        raise Conflict(N_("这项资源无条件共享，不用申请"))
    if not fields or not set(fields) <= terms.fields.keys():
        raise Invalid(N_("请至少选择一个信息项"), field="fields")


def _worded(text: str, field: str) -> str:
    words = " ".join(text.split())
    if len(words) < 4:
        raise Invalid(N_("请写清楚（至少 4 个字）"), field=field)
    if len(words) > MOST:
        raise Invalid(N_("请不要超过 %(most)d 个字"), field=field, most=MOST)
    return words


def _answering(work: UnitOfWork, request: ShareRequest) -> None:
    policy.require(work.actor, "sharing.answer")
    policy.require_department(work.actor, frozenset({request.resource.provider}))
    _still_open(work, request)


def _still_open(work: UnitOfWork, request: ShareRequest) -> None:
    work.hold(request)
    if request.state != "open":
        raise Conflict(N_("这件申请已经答复或撤回"))


def _close(work: UnitOfWork, request: ShareRequest, state: str, answer: str) -> None:
    request.state, request.answer, request.slot = state, answer, None
    request.answered_at, request.answered_by = work.now(), work.actor.id
    work.record(f"sharing.request_{state}", request.key, resource=request.resource.code)


def _concerns(work: UnitOfWork, request: ShareRequest) -> bool:
    if policy.may(work.actor, "sharing.answer"):
        return work.actor.department in (request.department, request.resource.provider)
    return True  # whoever supervises


def _listed(work: UnitOfWork, *conditions: object, newest: bool = False) -> Sequence[ShareRequest]:
    query = select(ShareRequest).join(Resource).where(*conditions)  # type: ignore[arg-type]
    order = [ShareRequest.id.desc()] if newest else [ShareRequest.due_on, ShareRequest.id]
    return work.session.scalars(
        query.order_by(*order).options(joinedload(ShareRequest.resource)).limit(200)
    ).all()
