"""Granting (共享授权): who may take which fields for which item and purpose, and until when."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from servicehall.identity import directory, policy
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.sharing.models import Grant, Resource, ShareRequest

LONGEST = timedelta(days=3 * 366)  # then the need is looked at again (演示数据)
SOON = timedelta(days=30)
REFUSALS: Final = {
    "unlisted": N_("这项数据不在政务信息资源目录中，没有查询"),
    "never": N_("这项数据依法不予共享，没有查询"),
    "none": N_("办理部门还没有得到为这个事项使用这项数据的授权，没有查询"),
    "purpose": N_("办理部门得到的授权不包括这个用途，没有查询"),
    "expired": N_("办理部门使用这项数据的授权已经到期或终止，没有查询"),
    "fields": N_("办理部门得到的授权不包括其中的信息项，没有查询"),
}


def department_of(item: str) -> str:
    """The department that an item's code begins with (实施编码 前 18 位, STANDARDS 1.2)."""
    return item[:18]


def refusal(
    work: UnitOfWork, *, item: str, dataset: str, fields: Collection[str], purpose: str
) -> str:
    """Why *item* may not take *fields* of *dataset* for *purpose* today: a key of REFUSALS, or "".

    Unconditional sharing needs no grant, conditional sharing one in force, 不予共享 is never
    shared (国发〔2016〕51号). Grants for the same item and purpose are taken together.
    """
    resource = work.session.scalar(select(Resource).filter_by(code=dataset, state="published"))
    if resource is None:
        return "unlisted"
    terms = resource.dataset
    if not set(fields) <= terms.fields.keys():
        return "unlisted"
    if terms.share == "conditional":
        return _ungranted(work, resource, item, fields, purpose)
    return "never" if terms.share == "none" else ""


def _ungranted(
    work: UnitOfWork, resource: Resource, item: str, fields: Collection[str], purpose: str
) -> str:
    query = select(Grant).filter_by(
        resource_id=resource.id, item=item, department=department_of(item)
    )
    given = work.session.scalars(query).all()
    fitting = [grant for grant in given if grant.purpose == purpose]
    holding = [grant for grant in fitting if grant.holds(work.today())]
    if not fitting:
        return "purpose" if given else "none"
    if not holding:
        return "expired"
    allowed = {field for grant in holding for field in grant.fields}
    return "" if set(fields) <= allowed else "fields"


def allow(
    work: UnitOfWork, resource: Resource, *, item: str, purpose: str, fields: Sequence[str],
    expires_on: date, request: ShareRequest | None = None,
) -> Grant:  # fmt: skip
    """Grant *fields* to the department of *item* until the end of *expires_on* (授权).

    Raises Invalid for a day that is past or too far, for fields that are not there, or for what is
    shared with nobody.
    """
    policy.require(work.actor, "sharing.answer")
    offered = resource.dataset
    if offered.share == "none":
        raise Invalid(N_("这项资源不予共享，不能授权"), field="result")
    if not fields or not set(fields) <= offered.fields.keys():
        raise Invalid(N_("请至少选择一个信息项"), field="fields")
    if not work.today() <= expires_on <= work.today() + LONGEST:
        raise Invalid(N_("授权期限应在今天之后三年以内"), field="expires_on")
    made = Grant(
        key=directory.new_key(), resource_id=resource.id, resource=resource,
        request_id=request.id if request else None, department=department_of(item), item=item,
        purpose=purpose, fields=sorted(fields), granted_at=work.now(), granted_by=work.actor.id,
        expires_on=expires_on, ended_at=None,
    )  # fmt: skip
    work.session.add(made)
    work.record(
        "sharing.granted", made.key, resource=resource.code, item=item, fields=made.fields,
        expires_on=expires_on.isoformat(),
    )  # fmt: skip
    return made


def end(work: UnitOfWork, grant: Grant, *, reason: str) -> None:
    """The provider ends a grant before its day and says why (终止授权).

    From now on nothing is asked on it. Raises Invalid without a reason, Conflict where it has ended.
    """
    policy.require(work.actor, "sharing.answer")
    policy.require_department(work.actor, frozenset({grant.resource.provider}))
    work.hold(grant)
    if not grant.holds(work.today()):
        raise Conflict(N_("这项授权已经到期或终止"))
    if len(reason.strip()) < 5:
        raise Invalid(N_("请写明理由（至少 5 个字）"), field="reason")
    grant.ended_at, grant.ended_by = work.now(), work.actor.id
    grant.end_reason = reason.strip()
    work.record("sharing.ended", grant.key, resource=grant.resource.code, item=grant.item)


def one(work: UnitOfWork, key: str) -> Grant:
    """A grant of the actor's department, given or held. Raises NotFound, also for another's."""
    policy.require(work.actor, "sharing.answer")
    found = work.session.scalar(select(Grant).filter_by(key=key))
    if found is None or work.actor.department not in (found.department, found.resource.provider):
        raise NotFound
    return found


def of_provider(work: UnitOfWork, key: str) -> Grant:
    """A grant that the actor's department gave. Raises NotFound, also for one it holds."""
    found = one(work, key)
    policy.require_department(work.actor, frozenset({found.resource.provider}))
    return found


def of_resource(work: UnitOfWork, code: str) -> Sequence[Grant]:
    """The grants of a resource in force today, by item (谁可以用)."""
    query = select(Grant).join(Resource).where(Resource.code == code).order_by(Grant.item, Grant.id)
    return [grant for grant in work.session.scalars(query) if grant.holds(work.today())]


def given(work: UnitOfWork) -> Sequence[Grant]:
    """Every grant the actor's department gave, the soonest to end first."""
    policy.require(work.actor, "sharing.answer")
    return _listed(work, Resource.provider == work.actor.department)


def held(work: UnitOfWork) -> Sequence[Grant]:
    """Every grant the actor's department was given, the soonest to end first."""
    policy.require(work.actor, "sharing.ask")
    return _listed(work, Grant.department == work.actor.department)


def ending(work: UnitOfWork) -> Sequence[Grant]:
    """Grants of everybody that end within a month, the soonest first: renew them in time."""
    policy.require(work.actor, "sharing.read")
    today = work.today()
    return _listed(work, Grant.ended_at.is_(None), Grant.expires_on.between(today, today + SOON))


def _listed(work: UnitOfWork, *conditions: object) -> Sequence[Grant]:
    query = select(Grant).join(Resource).where(*conditions)  # type: ignore[arg-type]
    ordered = query.order_by(Grant.expires_on, Grant.id).options(joinedload(Grant.resource))
    return work.session.scalars(ordered).all()
