"""Mend (差评整改): bad ratings of a department's cases, answered and then mended or explained."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.feedback import rectifying
from servicehall.feedback.ratings import GRADES
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors

pages = Blueprint("mend", __name__, url_prefix="/ratings")


@pages.get("")
def index() -> str:
    """What waits, the soonest due first, and what was ended lately."""
    return render_template(
        "window/ratings.html", waiting=rectifying.to_do(work), done=rectifying.done(work),
        grades=GRADES, states=rectifying.STATES,
    )  # fmt: skip


@pages.get("/<key>")
def rating(key: str) -> str:
    """One bad rating with the words of the party; reading them is on record."""
    rectifying.look(work, rectifying.of_desk(work, key))
    page = _page(key, {})
    work.commit()
    return page


@pages.post("/<key>")
def rectify(key: str) -> ResponseReturnValue:
    """Answer, then say what was mended or why nothing is."""
    found, sent = rectifying.of_desk(work, key), request.form
    try:
        if found.state == "open":
            rectifying.answer(work, found, sent.get("answer", ""))
        elif sent.get("outcome") in ("mended", "explained"):
            mended = sent["outcome"] == "mended"
            rectifying.mend(work, found, sent.get("result", ""), mended=mended)
        else:
            return _page(key, {"outcome": [gettext("请选择处理结果")]}), 422
    except (Invalid, Conflict) as error:
        work.rollback()
        errors = form_errors(Invalid(error.message, field=error.field or "result", **error.params))
        return _page(key, errors), 409 if isinstance(error, Conflict) else 422
    work.commit()
    flash(gettext("已提交，当事人已收到通知"))
    return redirect(url_for(".index"))


def _page(key: str, errors: dict[str, list[str]]) -> str:
    return render_template(
        "window/rating.html", row=rectifying.of_desk(work, key), errors=errors, grades=GRADES,
        states=rectifying.STATES,
    )  # fmt: skip
