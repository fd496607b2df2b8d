"""Reexamine (证照复查): an issuer's reviewers look again at licenses whose ground no longer holds."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.disputes import reexamining
from servicehall.identity import directory
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.licenses import issuing
from servicehall.portals.guard import only, work
from servicehall.portals.pages import form_errors
from servicehall.sharing.datasets import DATASETS

pages = Blueprint("reexamine", __name__, url_prefix="/reviews")
REVIEWERS = frozenset({"reviewer"})


@pages.get("")
@only(REVIEWERS)
def index() -> str:
    """What waits for the department, the soonest due first, and what it decided lately."""
    return render_template(
        "window/reviews.html", waiting=reexamining.to_decide(work),
        done=reexamining.decided(work), states=reexamining.STATES, datasets=DATASETS,
    )  # fmt: skip


@pages.get("/<key>")
@only(REVIEWERS)
def review(key: str) -> str:
    """One license with what no longer holds beneath it; looking at it is on record."""
    found = reexamining.of_desk(work, key)
    reexamining.look(work, found)
    page = _page(key, {})
    work.commit()
    return page


@pages.post("/<key>")
@only(REVIEWERS)
def decide(key: str) -> ResponseReturnValue:
    """Keep it, issue it anew, or revoke it (决定); a new one is signed once it is planned."""
    found, sent = reexamining.of_desk(work, key), request.form
    reason, made = sent.get("reason", ""), None
    try:
        match sent.get("result"):
            case "kept":
                reexamining.keep(work, found, reason=reason)
            case "reissued":
                made = reexamining.reissue(work, found, reason=reason)
            case "revoked":
                reexamining.revoke(work, found, reason=reason, law=sent.get("law", ""))
            case _:
                return _page(key, {"result": [gettext("请选择处理结果")]}), 422
    except (Invalid, Conflict) as error:
        work.rollback()
        errors = form_errors(Invalid(error.message, field=error.field or "result", **error.params))
        return _page(key, errors), 409 if isinstance(error, Conflict) else 422
    work.commit()
    if made is not None:
        issuing.finish(work, made)
        work.commit()
    flash(gettext("复查决定已作出，持证人已收到通知"))
    return redirect(url_for(".index"))


def _page(key: str, errors: dict[str, list[str]]) -> str:
    found = reexamining.of_desk(work, key)
    kind, code, name = directory.holder(work, found.party)
    return render_template(
        "window/review.html", review=found, errors=errors, states=reexamining.STATES,
        datasets=DATASETS, holder_kind=kind, holder_code=code, holder=name,
        printed=reexamining.faces(work, found) or found.about in reexamining.NAMED,
        staff=lambda who: directory.staff_name(work, who),
    )  # fmt: skip
