"""Judge (电子监察): the supervisor's cards: found, filtered, confirmed, returned, withdrawn."""

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.identity import directory
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.monitoring import overseeing, responding
from servicehall.monitoring.signals import GRADES, SIGNALS
from servicehall.portals.guard import whole_number, work
from servicehall.portals.pages import form_errors

pages = Blueprint("judge", __name__, url_prefix="/cards")
VERBS: Final[dict[str, Callable[..., None]]] = {
    "close": overseeing.close, "return": overseeing.send_back, "uphold": overseeing.uphold,
    "withdraw": overseeing.withdraw,
}  # fmt: skip
CHOICES = {
    "answered": (("close", N_("反馈属实，确认办结")), ("return", N_("反馈不充分，退回重新反馈")),
                 ("withdraw", N_("不是部门的责任，撤牌"))),
    "appealed": (("withdraw", N_("申诉成立，撤牌")), ("uphold", N_("申诉不成立，维持"))),
    "raised": (("withdraw", N_("发牌有误，撤牌")),),
}  # fmt: skip


@pages.get("")
def index() -> str:
    """Cards, the newest first, and how the departments stand."""
    asked = {
        "state": request.args.get("state", ""),
        "department": request.args.get("department", ""),
    }
    grade = whole_number("grade")
    found = overseeing.cards(work, grade=grade, before=whole_number("before"), **asked)
    return render_template(
        "console/cards.html", cards=found, asked={**asked, "grade": grade}, signals=SIGNALS,
        grades=GRADES, states=responding.STATES, rows=overseeing.departments(work),
        departments={one.code: one.name for one in directory.departments(work)},
        next=found[-1].id if len(found) == overseeing.PAGE else 0, is_first="before" not in request.args,
    )  # fmt: skip


@pages.get("/<key>")
def card(key: str) -> str:
    """One card with all that was done about it."""
    return _page(key, {})


@pages.post("/<key>")
def judge(key: str) -> ResponseReturnValue:
    """Confirm, return, uphold or withdraw it, with the reason."""
    found, act = overseeing.of_board(work, key), request.form.get("act", "")
    if act not in VERBS:
        return _page(key, {"act": [gettext("请选择处理结果")]}), 422
    try:
        VERBS[act](work, found, request.form.get("words", ""))
    except (Invalid, Conflict) as error:
        work.rollback()
        errors = form_errors(Invalid(error.message, field=error.field or "words", **error.params))
        return _page(key, errors), 409 if isinstance(error, Conflict) else 422
    work.commit()
    flash(gettext("已处理，部门可以看到"))
    return redirect(url_for(".index"))


def _page(key: str, errors: dict[str, list[str]]) -> str:
    found: Any = overseeing.of_board(work, key)
    return render_template(
        "console/card.html", card=found, errors=errors, signals=SIGNALS, grades=GRADES,
        states=responding.STATES, acts=responding.ACTS, choices=CHOICES.get(found.state, ()),
        department=directory.department(work, found.department).name,
        staff=lambda who: directory.staff_name(work, who),
    )  # fmt: skip
