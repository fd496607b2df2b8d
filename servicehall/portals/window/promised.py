"""Promised (承诺核查): what was promised instead of proven, looked at by the department that decided."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.cases import matters, promises
from servicehall.handling import aftercheck
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.portals.guard import only, work
from servicehall.portals.pages import form_errors
from servicehall.portals.window.handle import case_page

pages = Blueprint("promised", __name__)
REVIEWERS = frozenset({"reviewer"})
LAW = "中华人民共和国行政许可法 第六十九条；国办发〔2020〕42号"


@pages.get("/promises")
@only(REVIEWERS)
def index() -> str:
    """The promises to look at, the soonest due first, and those not put right."""
    waiting = aftercheck.waiting(work)
    page = render_template(
        "window/promises.html", waiting=waiting, states=promises.STATES, today=work.today()
    )
    matters.listed(work, [one.case for one in waiting])
    if work.unfinished:
        work.commit()
    return page


@pages.post("/cases/<key>/promises/<material>")
@only(REVIEWERS)
def settle(key: str, material: str) -> ResponseReturnValue:
    """kept 相符, broken 不实 (with what was found), repaired 已改正; mistakes come back as typed."""
    found = matters.for_staff(work, key)
    try:
        _settle(found, material)
    except (Invalid, Conflict) as error:
        work.rollback()
        errors = form_errors(Invalid(error.message, field=error.field, **error.params))
        page = case_page(matters.for_staff(work, key), errors)
        return page, 409 if isinstance(error, Conflict) else 422
    work.commit()
    flash(gettext("核查结果已登记"))
    return redirect(url_for("window.handle.case", key=key))


def _settle(found: Any, material: str) -> None:
    sent = request.form
    match sent.get("result"):
        case "kept":
            aftercheck.kept(work, found, material)
        case "broken":
            aftercheck.broken(
                work, found, material, note=sent.get("note", ""),
                revoke=bool(sent.get("revoke")), law=LAW,
            )  # fmt: skip
        case "repaired":
            aftercheck.repaired(work, found, material)
        case _:
            raise Invalid(N_("请选择核查结果"), field="result")
