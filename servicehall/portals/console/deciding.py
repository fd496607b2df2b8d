"""Deciding (送审发布): the acts of two persons on drafts, wordings of the past, and plans."""

from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.catalogue import drafts, items, planning
from servicehall.catalogue.planning import ItemPlan
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.portals.console.drafting import hub_page, own, version
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors
from servicehall.revising import approving

pages = Blueprint("deciding", __name__, url_prefix="/items")


@pages.post("/<code>/propose")
def propose(code: str) -> ResponseReturnValue:
    """Hand the draft to a second person (送审)."""
    draft = own(code)
    try:
        approving.propose(
            work, draft, version=version(), summary=request.form.get("summary", ""),
            effective_on=_day("effective_on"),
        )  # fmt: skip
    except Invalid as error:
        return hub_page(code, form_errors(error)), 422
    return _done(code, gettext("已送审，请另一位事项管理员发布"))


@pages.post("/<code>/publish")
def publish(code: str) -> ResponseReturnValue:
    """Publish what another person proposed (发布)."""
    draft = own(code)
    approving.publish(work, draft, version=version())
    words = (
        N_("已批准，到日自动生效")
        if draft.state == "approved"
        else N_("已发布，新的申请按新内容办理")
    )
    return _done(code, gettext(words))


@pages.post("/<code>/return")
def give_back(code: str) -> ResponseReturnValue:
    """Return the draft with reasons (退回)."""
    try:
        drafts.give_back(work, own(code), version=version(), reason=request.form.get("reason", ""))
    except Invalid as error:
        return hub_page(code, form_errors(error)), 422
    return _done(code, gettext("已退回起草人"))


@pages.post("/<code>/takeover")
def take_over(code: str) -> ResponseReturnValue:
    """Go on with another person's draft (接手)."""
    try:
        drafts.take_over(
            work, own(code), version=version(), reason=request.form.get("takeover", "")
        )
    except Invalid as error:
        return hub_page(code, form_errors(error)), 422
    return _done(code, gettext("已接手，现在由您起草；发布要请没有起草过它的人"))


@pages.post("/<code>/withdraw")
def withdraw(code: str) -> ResponseReturnValue:
    """Put the draft away (撤销草稿)."""
    drafts.withdraw(work, own(code), version=version())
    return _done(code, gettext("草稿已撤销"))


@pages.post("/<code>/rebase")
def rebase(code: str) -> ResponseReturnValue:
    """The draft has been compared with the wording now in force (已核对)."""
    drafts.rebase(work, own(code), version=version())
    return _done(code, gettext("已按新的现行版本核对"))


@pages.post("/<code>/restore")
def restore(code: str) -> ResponseReturnValue:
    """Draft a wording of the past again (恢复); it goes the same way of two persons."""
    asked = request.form.get("revision", type=int)
    if asked is None:
        raise Invalid(N_("请选择一个版本"), field="revision")
    old = items.revision(work, asked)
    if old.code != code:
        raise NotFound
    number = drafts.numbered(drafts.revisions(work, code))[old.id]
    drafts.begin(work, code, body=old.body, summary=gettext("恢复第 %(id)s 版", id=number))
    return _done(code, gettext("已按这一版起草，请核对后送审"))


@pages.post("/<code>/plan")
def plan(code: str) -> ResponseReturnValue:
    """Ask to suspend or cancel the item (暂停、取消)."""
    sent = request.form
    try:
        planning.ask(
            work, code, state="cancelled" if sent.get("state") == "cancelled" else "suspended",
            reason=sent.get("reason", ""), starts_on=_day("starts_on") or work.today(),
            ends_on=_day("ends_on"),
        )  # fmt: skip
    except Invalid as error:
        return hub_page(code, form_errors(error)), 422
    return _done(code, gettext("已提出，请另一位事项管理员同意"))


@pages.post("/<code>/plan/agree")
def agree(code: str) -> ResponseReturnValue:
    """A second person agrees with the plan (同意)."""
    planning.agree(work, _plan(code), version=version())
    return _done(code, gettext("已同意，办事指南会告知申请人"))


@pages.post("/<code>/plan/end")
def end(code: str) -> ResponseReturnValue:
    """Take the plan back or end it before its day (撤销、提前恢复)."""
    planning.end(work, _plan(code), version=version())
    return _done(code, gettext("已撤销安排，事项恢复办理"))


def _plan(code: str) -> ItemPlan:
    found = planning.unfinished(work, code)
    if found is None:
        raise NotFound
    return found


def _day(name: str) -> date | None:
    """The day sent under *name*, None for an empty field. Raises Invalid."""
    text = request.form.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(N_("日期应写成 2026-01-31 的样子"), field=name) from None


def _done(code: str, words: str) -> ResponseReturnValue:
    work.commit()
    flash(words)
    return redirect(url_for("console.drafting.hub", code=code))
