"""Entering (登记资源): a sheet becomes a draft, the steward matches its elements and publishes it."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from servicehall.identity import policy
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.sharing import fitting, sheetform, terms
from servicehall.sharing.elements import ELEMENTS
from servicehall.sharing.models import Resource
from servicehall.sharing.sheetform import Column
from servicehall.sharing.terms import Dataset

_CODE = re.compile(r"[a-z]{2,20}\.[a-z_]{2,30}", re.ASCII)
_NUMBER = re.compile(r"[123]\d{5}\d*/\d{1,8}", re.ASCII)
WORDED = {"library": 40, "name": 60, "summary": 300}  # must be said; at most so many characters
MAY_BE_SAID = {"condition": 300, "basis": 200}


def begin(work: UnitOfWork, *, file: str, content: bytes, told: Mapping[str, Any]) -> Resource:
    """A draft from a sheet that describes the items, and what is *told* of the resource (登记).

    Each column gets the element that fits best, to be confirmed. One that was withdrawn may come
    again under its code. Raises Invalid naming the field, Misdeclared with sheet, row and column,
    Conflict where code or number are taken.
    """
    policy.require(work.actor, "resource.edit")
    body = _told(told)
    body["items"] = [_proposed(column) for column in sheetform.columns(file, content)]
    row = _free(work, body["code"], body["number"])
    row.number, row.provider, row.body = body["number"], work.actor.department, _of(work, body)
    row.state, row.origin, row.published_at = "draft", "uploaded", None
    row.saved_at, row.saved_by = work.now(), work.actor.id
    work.session.add(row)
    work.record("resource.drafted", row.code, items=len(body["items"]))
    return row


def save(
    work: UnitOfWork, row: Resource, *, told: Mapping[str, Any], elements: Mapping[str, str]
) -> None:
    """Keep what the steward changed: the terms, and item → element (确认、改选数据元)."""
    _own_draft(work, row)
    body = {**_told({**told, "code": row.code}), "items": row.body["items"]}
    _free(work, row.code, body["number"], row)
    for item in (items := [dict(one) for one in body["items"]]):
        chosen = elements.get(item["code"], item["element"])
        if chosen and chosen not in ELEMENTS:
            raise Invalid(N_("没有这个数据元"), field=f"element-{item['code']}")
        item["element"] = chosen
    row.number, row.body = body["number"], _of(work, {**body, "items": items})
    row.saved_at, row.saved_by = work.now(), work.actor.id
    work.record("resource.saved", row.code)


def publish(work: UnitOfWork, row: Resource) -> Dataset:
    """The draft comes into force in the catalogue (发布).

    Raises Invalid where an item has no element, sharing is refused without its legal basis, or
    something would be open in which nothing may be.
    """
    _own_draft(work, row)
    for item in row.body["items"]:
        if not item["element"]:
            raise Invalid(
                N_("信息项“%(name)s”还没有选数据元"), field=f"element-{item['code']}",
                name=item["name"],
            )  # fmt: skip
    items = [{key: one[key] for key in ("code", "name", "element")} for one in row.body["items"]]
    body = {**row.body, "items": items, "published_on": work.today().isoformat()}
    offered = _dataset(body)
    row.body, row.state, row.published_at = body, "published", work.now()
    work.record("resource.published", row.code, items=len(items))
    return offered


def discard(work: UnitOfWork, row: Resource) -> None:
    """Throw the draft away (删除草稿)."""
    _own_draft(work, row)
    work.session.delete(row)
    work.record("resource.discarded", row.code)


def withdraw(work: UnitOfWork, row: Resource) -> None:
    """Take an uploaded resource out of the catalogue (撤销): nothing more is asked on it.

    Raises Conflict for one that came with the hall: its items rest on it.
    """
    policy.require(work.actor, "resource.edit")
    policy.require_department(work.actor, frozenset({row.provider}))
    work.hold(row)
    if row.origin != "uploaded" or row.state != "published":
        raise Conflict(N_("这项资源随大厅部署，事项要用，不能在这里撤销"))
    row.state = "withdrawn"
    work.record("resource.withdrawn", row.code)


def draft(work: UnitOfWork, code: str) -> Resource:
    """The draft of the actor's department with this code. Raises NotFound."""
    policy.require(work.actor, "resource.edit")
    found = work.session.scalar(select(Resource).filter_by(code=code, state="draft"))
    if found is None or found.provider != work.actor.department:
        raise NotFound
    return found


def _own_draft(work: UnitOfWork, row: Resource) -> None:
    policy.require(work.actor, "resource.edit")
    policy.require_department(work.actor, frozenset({row.provider}))
    work.hold(row)
    if row.state != "draft":
        raise Conflict(N_("这项资源已经不是草稿"))


def _free(work: UnitOfWork, code: str, number: str, own: Resource | None = None) -> Resource:
    """A row for *code* whose number is nobody else's."""
    known = work.session.scalar(select(Resource).filter_by(code=code))
    mine = known is not None and known.provider == work.actor.department
    again = mine and known is not None and known.state == "withdrawn"
    if known is not None and known is not own and not (again and known.origin == "uploaded"):
        raise Conflict(N_("这个英文代号已经有资源使用"), field="code")
    taken = work.session.scalar(select(Resource.code).filter_by(number=number))
    if taken not in (None, code):
        raise Conflict(N_("这个信息资源代码已经有资源使用"), field="number")
    return known or Resource(code=code)


def _told(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of the resource, each in its form. Raises Invalid naming the field."""
    body: dict[str, Any] = {}
    for name, most in {**WORDED, **MAY_BE_SAID}.items():
        text = " ".join(str(told.get(name, "")).split())
        if name in WORDED and not text:
            raise Invalid(N_("请填写这一项"), field=name)
        if len(text) > most:
            raise Invalid(N_("请不要超过 %(most)d 个字"), field=name, most=most)
        body[name] = text
    body["code"] = _matched(told, "code", _CODE, N_("英文代号应像 civil.pension：两段小写字母"))
    body["number"] = _matched(
        told,
        "number",
        _NUMBER,
        N_("信息资源代码应像 302003/000001：类 1、项 2、目 3，斜线，顺序号"),
    )
    for name, allowed in (
        ("share", terms.SHARES), ("opening", terms.OPENINGS), ("cycle", terms.CYCLES),
    ):  # fmt: skip
        if told.get(name) not in allowed:
            raise Invalid(N_("请选择"), field=name)
        body[name] = told[name]
    about = [one for one in told.get("about", ()) if one in terms.ABOUT]
    if not about:
        raise Invalid(N_("请至少选择一种"), field="about")
    return body | {"about": about, "way": "file"}


def _matched(told: Mapping[str, Any], name: str, form: re.Pattern[str], wrong: str) -> str:
    text = str(told.get(name, "")).strip()
    if not form.fullmatch(text):
        raise Invalid(wrong, field=name)
    return text


def _proposed(column: Column) -> dict[str, Any]:
    """The column as the draft keeps it, with the element proposed and what else would fit."""
    found = fitting.fits(column)
    return {
        "code": column.code, "name": column.name, "element": found[0].element if found else "",
        "fits": [asdict(one) for one in found], "kind": column.kind, "length": column.length,
        "values": list(column.values), "definition": column.definition, "at": column.at,
    }  # fmt: skip


def _of(work: UnitOfWork, body: dict[str, Any]) -> dict[str, Any]:
    return {
        **body, "provider": work.actor.department, "published_on": work.today().isoformat(),
    }  # fmt: skip


def _dataset(body: dict[str, Any]) -> Dataset:
    if body["share"] == "none" and not body["basis"]:
        raise Invalid(N_("不予共享要写明法律依据"), field="basis")
    if body["share"] == "conditional" and not body["condition"]:
        raise Invalid(N_("有条件共享要写明共享条件"), field="condition")
    offered = terms.of_body({**body, "opening": "none"})
    if body["opening"] != "none" and not offered.open_fields:
        raise Invalid(N_("没有一个信息项分类为公开，不能开放"), field="opening")
    return terms.of_body(body)
