"""Reception (窗口收件): see the person's document, then the same application as online, for them."""

from datetime import datetime, time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.applying import collecting, intake
from servicehall.cases import matters
from servicehall.cases.states import EDITABLE
from servicehall.catalogue import items
from servicehall.identity import attending
from servicehall.identity.attending import DOCUMENTS
from servicehall.kernel.clock import BEIJING
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.portals import sessions
from servicehall.portals.guard import only, work
from servicehall.portals.pages import form_errors

pages = Blueprint("reception", __name__, url_prefix="/reception")
CLERKS = frozenset({"clerk"})


@pages.get("")
@only(CLERKS)
def form() -> str:
    """Who stands here; once that is known, what they want."""
    page = _page({})
    if work.unfinished:
        work.commit()
    return page


@pages.post("")
@only(CLERKS)
def identify() -> ResponseReturnValue:
    """The document was seen (核验身份); a helper shows a letter of authority too."""
    sent = {name: request.form.get(name, "") for name in request.form}
    try:
        made = attending.identify(
            work, number=sent.get("number", ""), name=sent.get("name", ""),
            phone=sent.get("phone", ""), document=sent.get("document", ""),
        )  # fmt: skip
        if sent.get("helper_number", "").strip():
            attending.help_with(
                work, made, number=sent["helper_number"], name=sent.get("helper_name", ""),
                letter=sent.get("letter", ""), until=_last_moment(sent.get("letter_until", "")),
                scope=sent.get("scope", ""),
            )  # fmt: skip
    except (Invalid, Conflict) as error:
        work.rollback()
        errors = form_errors(Invalid(error.message, field=error.field, **error.params))
        return _page(errors), 409 if isinstance(error, Conflict) else 422
    work.commit()
    sessions.attend(made.key)
    flash(gettext("身份已核验，可以开始办理；申请人看得到您办了什么"))
    return redirect(url_for(".form"))


@pages.post("/begin")
@only(CLERKS)
def begin() -> ResponseReturnValue:
    """The item they came for: the same pages as online, from the consent on."""
    code = request.form.get("item", "")
    if attending.at_the_counter(work) is None or not code.isalnum():
        return _page({"item": [gettext("请先核验身份并选择事项")]}), 422
    return redirect(url_for("citizen.apply.consent", code=code))


@pages.post("/end")
@only(CLERKS)
def end() -> ResponseReturnValue:
    """The person leaves."""
    attending.end(work, sessions.leave())
    if work.unfinished:
        work.commit()
    return redirect(url_for(".form"))


def _page(errors: dict[str, list[str]]) -> str:
    here = attending.at_the_counter(work)
    drafts = [c for c in intake.mine(work) if c.state in EDITABLE] if here else []
    matters.listed(work, drafts)
    offered = [entry.current.item for entry in items.applicable(work)]
    return render_template(
        "window/reception.html", errors=errors, here=here, documents=DOCUMENTS, drafts=drafts,
        items=[(item.code, item.name) for item in collecting.receivable(work, offered)],
    )  # fmt: skip


def _last_moment(said: str) -> datetime | None:
    """The end of a day as it was typed; None for what is no day."""
    try:
        return datetime.combine(datetime.fromisoformat(said.strip()).date(), time(23, 59), BEIJING)
    except ValueError:
        return None
