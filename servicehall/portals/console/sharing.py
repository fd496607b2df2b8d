"""Sharing (共享申请和授权): a data steward asks, answers, ends grants; the supervisor looks on."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.catalogue import items
from servicehall.identity import directory
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.portals.guard import only, work
from servicehall.portals.pages import form_errors
from servicehall.quality import conflicts
from servicehall.registries import lookups
from servicehall.sharing import granting, requesting, resources

pages = Blueprint("sharing", __name__, url_prefix="/sharing")
STEWARDS = frozenset({"steward"})


@pages.get("")
@only(STEWARDS)
def desk() -> str:
    """What waits for the steward's department, what it asked, gave and holds (数据管理)."""
    return render_template(
        "console/sharing.html", waiting=requesting.to_answer(work), asked=requesting.asked(work),
        answered=requesting.answered(work), given=granting.given(work), held=granting.held(work),
        own=resources.of_provider(work), turned_down=lookups.turned_down(work),
        why=granting.REFUSALS, offered={d.code: d for d in resources.published(work)},
        conflicts=conflicts.waiting(work), **_words(),
    )  # fmt: skip


@pages.get("/overview")
@only(frozenset({"supervisor"}))
def overview() -> str:
    """Every open request and every grant that ends soon (共享监督)."""
    return render_template(
        "console/sharing_overview.html", waiting=requesting.everywhere(work),
        ending=granting.ending(work), **_words(),
    )  # fmt: skip


@pages.get("/ask/<code>")
@only(STEWARDS)
def form(code: str) -> str:
    """Ask for a resource (申请共享数据): for which item, what for, which fields."""
    return _form(code, {})


@pages.post("/ask/<code>")
@only(STEWARDS)
def ask(code: str) -> ResponseReturnValue:
    """Hand the request in; what is wrong comes back beside what was typed."""
    sent = request.form
    try:
        items.known(work, sent.get("item", ""))
        made = requesting.ask(
            work, resources.one(work, code), item=sent.get("item", ""),
            purpose=sent.get("purpose", ""), fields=sent.getlist("fields"),
            reason=sent.get("reason", ""),
        )  # fmt: skip
    except (Invalid, Conflict) as error:
        work.rollback()
        return _form(code, _errors(error, "purpose")), _status(error)
    except NotFound:
        return _form(code, {"item": [gettext("请选择本部门的事项")]}), 422
    work.commit()
    flash(gettext("申请已提交，提供部门在 10 个工作日内答复"))
    return redirect(url_for(".matter", key=made.key))


@pages.get("/requests/<key>")
def matter(key: str) -> str:
    """One request: what is asked for and why, and what can be done with it."""
    return _matter(key, {})


@pages.post("/requests/<key>")
@only(STEWARDS)
def answer(key: str) -> ResponseReturnValue:
    """Grant, in whole or in part, or refuse with reasons (答复)."""
    found, sent = requesting.addressed(work, key), request.form
    try:
        if sent.get("result") == "granted":
            requesting.grant(
                work, found, fields=sent.getlist("fields"), answer=sent.get("answer", ""),
                expires_on=_day(sent.get("expires_on", "")),
            )  # fmt: skip
        elif sent.get("result") == "refused":
            requesting.refuse(work, found, answer=sent.get("answer", ""))
        else:
            return _matter(key, {"result": [gettext("请选择答复")]}), 422
    except (Invalid, Conflict) as error:
        work.rollback()
        return _matter(key, _errors(error, "answer")), _status(error)
    work.commit()
    flash(gettext("已答复，申请部门可以看到结果"))
    return redirect(url_for(".desk"))


@pages.post("/requests/<key>/withdraw")
@only(STEWARDS)
def withdraw(key: str) -> ResponseReturnValue:
    """The department takes its request back (撤回)."""
    requesting.withdraw(work, requesting.one(work, key))
    work.commit()
    flash(gettext("申请已撤回"))
    return redirect(url_for(".desk"))


@pages.get("/grants/<key>")
@only(STEWARDS)
def grant(key: str) -> str:
    """One grant: what may be taken, by whom, for what, until when (授权)."""
    return _grant(key, {})


@pages.post("/grants/<key>/end")
@only(STEWARDS)
def end(key: str) -> ResponseReturnValue:
    """The provider ends it and says why (终止授权)."""
    found = granting.of_provider(work, key)
    try:
        granting.end(work, found, reason=request.form.get("reason", ""))
    except (Invalid, Conflict) as error:
        work.rollback()
        return _grant(key, _errors(error, "reason")), _status(error)
    work.commit()
    flash(gettext("授权已终止，从现在起不再查询"))
    return redirect(url_for(".desk"))


def _form(code: str, errors: dict[str, list[str]]) -> str:
    mine = [
        (entry.code, entry.name) for entry in items.applicable(work)
        if granting.department_of(entry.code) == work.actor.department
    ]  # fmt: skip
    return render_template(
        "console/share_ask.html", resource=resources.one(work, code).dataset, mine=mine,
        errors=errors, sent=request.form, **_words(),
    )  # fmt: skip


def _matter(key: str, errors: dict[str, list[str]]) -> str:
    found = requesting.one(work, key)
    steward = "steward" in work.actor.roles
    mine = work.actor.department
    return render_template(
        "console/share_request.html", request_=found, resource=found.resource.dataset,
        errors=errors, sent=request.form,
        answers=steward and found.resource.provider == mine,
        asks=steward and found.department == mine,
        staff=lambda who: directory.staff_name(work, who), **_words(),
    )  # fmt: skip


def _grant(key: str, errors: dict[str, list[str]]) -> str:
    found = granting.one(work, key)
    return render_template(
        "console/share_grant.html", grant=found, resource=found.resource.dataset, errors=errors,
        gives=found.resource.provider == work.actor.department, **_words(),
    )  # fmt: skip


def _words() -> dict[str, Any]:
    """What every page here says things with."""
    departments = {one.code: one.name for one in directory.departments(work)}
    return {
        "departments": departments, "states": requesting.STATES, "item_name": _item_name,
        "soon": work.today() + granting.SOON,
        "is_late": lambda one: requesting.is_late(work, one),
    }  # fmt: skip


def _item_name(code: str) -> str:
    """The name of an item, or its code where the list no longer has it."""
    try:
        return items.known(work, code).name
    except NotFound:
        return code


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _errors(error: Invalid | Conflict, field: str) -> dict[str, list[str]]:
    return form_errors(Invalid(error.message, field=error.field or field, **error.params))


def _status(error: Invalid | Conflict) -> int:
    return 409 if isinstance(error, Conflict) else 422
