"""Respond (监察牌): the cards of a department, answered or appealed against."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.identity import directory
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.monitoring import responding
from servicehall.monitoring.signals import GRADES, SIGNALS
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors

pages = Blueprint("respond", __name__, url_prefix="/cards")


@pages.get("")
def index() -> str:
    """What stands against the department, the gravest first, and what ended lately."""
    return render_template(
        "window/cards.html", standing=responding.own(work), ended=responding.ended(work),
        signals=SIGNALS, grades=GRADES, states=responding.STATES,
    )  # fmt: skip


@pages.get("/<key>")
def card(key: str) -> str:
    """One card: what gave it, what was said, what can be said now."""
    return _page(key, {})


@pages.post("/<key>")
def respond(key: str) -> ResponseReturnValue:
    """Answer it, or appeal against it."""
    found, words = responding.of_desk(work, key), request.form.get("words", "")
    try:
        match request.form.get("act"):
            case "answer":
                responding.answer(work, found, words)
            case "appeal":
                responding.appeal(work, found, words)
            case _:
                return _page(key, {"act": [gettext("请选择反馈或者申诉")]}), 422
    except (Invalid, Conflict) as error:
        work.rollback()
        errors = form_errors(Invalid(error.message, field=error.field or "words", **error.params))
        return _page(key, errors), 409 if isinstance(error, Conflict) else 422
    work.commit()
    flash(gettext("已提交，等效能监督人员处理"))
    return redirect(url_for(".index"))


def _page(key: str, errors: dict[str, list[str]]) -> str:
    return render_template(
        "window/card.html", card=responding.of_desk(work, key), errors=errors, signals=SIGNALS,
        grades=GRADES, states=responding.STATES, acts=responding.ACTS,
        staff=lambda who: directory.staff_name(work, who),
    )  # fmt: skip
