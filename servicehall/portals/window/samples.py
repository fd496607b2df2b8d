"""Samples (秒批抽查): what the rules granted and the lot drew, looked at again by its department."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.automating import sampling
from servicehall.cases import matters
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.portals.guard import only, work
from servicehall.portals.pages import form_errors
from servicehall.portals.window.handle import case_page

pages = Blueprint("samples", __name__)
REVIEWERS = frozenset({"reviewer"})


@pages.get("/samples")
@only(REVIEWERS)
def index() -> str:
    """What waits for a second look in the reviewer's department."""
    waiting = sampling.waiting(work)
    page = render_template("window/samples.html", waiting=waiting)
    matters.listed(work, [one.case for one in waiting])
    if work.unfinished:
        work.commit()
    return page


@pages.post("/cases/<key>/sample")
@only(REVIEWERS)
def looked(key: str) -> ResponseReturnValue:
    """What the second look found; what is wrong comes back beside what was typed."""
    found, sent = matters.for_staff(work, key), request.form
    sound = {"yes": True, "no": False}.get(sent.get("sound", ""))
    try:
        sampling.looked(work, found, sound=sound, note=sent.get("note", ""))
    except (Invalid, Conflict) as error:
        work.rollback()
        errors = form_errors(Invalid(error.message, field=error.field, **error.params))
        page = case_page(matters.for_staff(work, key), errors)
        return page, 409 if isinstance(error, Conflict) else 422
    work.commit()
    flash(gettext("抽查结果已登记"))
    return redirect(url_for(".index"))
