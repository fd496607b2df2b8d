"""Agreements (示范授权): what the demo city's departments granted each other, and what they ask."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select

from servicehall.city.offices import office_of
from servicehall.kernel.work import Actor, UnitOfWork
from servicehall.sharing import granting, requesting, resources
from servicehall.sharing.granting import LONGEST, SOON
from servicehall.sharing.models import Grant, ShareRequest

# (item, dataset, fields, purpose), as items declare them
Need = tuple[str, str, tuple[str, ...], str]
NURSE = "119901010000002388499012300200001"
ALLOWANCE = "1199010100000011574990511003000"
LABOR = "1199010100000014XL499011400800001"


def conclude(work: UnitOfWork, needs: Collection[Need]) -> int:
    """Grant what the items in use *need* and nobody granted yet, field by field; how many grants.

    With the first ones come two that end within a month, one that was ended, and requests: one to
    be answered, one refused. They are for other purposes, so that no item rests on them.
    """
    known: dict[tuple[str, str, str], set[str]] = {}
    for grant in work.session.scalars(select(Grant)):
        own = known.setdefault((grant.item, grant.resource.code, grant.purpose), set())
        own.update(grant.fields)  # one that was ended stays so: what it held is not granted again
    made = 0
    offered = {code: resources.one(work, code) for code in sorted({need[1] for need in needs})}
    for item, dataset, fields, purpose in needs:
        resource = offered[dataset]
        new = set(fields) - known.get((item, dataset, purpose), set())
        if not new or resource.dataset.share != "conditional":
            continue
        granting.allow(
            work, resource, item=item, purpose=purpose, fields=sorted(new),
            expires_on=work.today() + LONGEST,
        )  # fmt: skip
        made += 1
    if work.session.scalar(select(ShareRequest.id).limit(1)) is None:
        _stories(work)
    return made


def _stories(work: UnitOfWork) -> None:
    system = work.actor
    for days, item, dataset, fields, purpose in (
        (12, NURSE, "education.degree", ["level", "school"], "核对护士继续教育学分"),
        (SOON.days, ALLOWANCE, "social.insurance", ["status"], "核对是否同时领取养老补贴"),
    ):
        granting.allow(
            work, resources.one(work, dataset), item=item, purpose=purpose, fields=fields,
            expires_on=work.today() + timedelta(days=days),
        )  # fmt: skip
    work.actor = _steward("卫健")
    requesting.ask(
        work, resources.one(work, "population.family"), item=NURSE, purpose="核对紧急联系人",
        fields=["spouse_name", "relation"], reason="登记执业护士时免填紧急联系人，减少重复填写",
    )  # fmt: skip
    work.actor = _steward("人社")
    asked = requesting.ask(
        work, resources.one(work, "population.family"), item=LABOR, purpose="了解股东家庭情况",
        fields=["children", "spouse_number"], reason="了解劳务派遣单位股东的家庭情况",
    )  # fmt: skip
    work.actor = _steward("公安")
    requesting.refuse(work, asked, answer="与劳务派遣经营许可的条件无关，超出办事必需的范围")
    ended = granting.allow(
        work, resources.one(work, "population.person"), item=LABOR, purpose="统计从业人员籍贯",
        fields=["household_address"], expires_on=work.today() + LONGEST,
    )  # fmt: skip
    granting.end(work, ended, reason="统计工作已经结束，不再需要")
    work.actor = system


def _steward(short: str) -> Actor:
    """The data steward of a demo department, before there are accounts."""
    return Actor("system", "系统", frozenset({"steward"}), department=office_of(short).code)
