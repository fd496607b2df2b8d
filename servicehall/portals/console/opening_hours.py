"""Opening hours (窗口开放时间): which departments can be booked, when, and how many at once."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.identity import directory
from servicehall.kernel.errors import Invalid
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors
from servicehall.visits import booking, hours

pages = Blueprint("opening_hours", __name__, url_prefix="/hours")


@pages.get("")
def index() -> str:
    """Every department that can be booked, and the form for one."""
    return _page(request.args.get("department", ""), {})


@pages.post("")
def change() -> ResponseReturnValue:
    """The hours of one department from now on; what is booked stays."""
    sent = request.form
    department = sent.get("department", "")
    try:
        hours.lay_out(
            work, department, said=sent.get("spans", ""), minutes=sent.get("minutes", 0, int),
            windows=sent.get("windows", 0, int),
        )  # fmt: skip
    except Invalid as error:
        work.rollback()
        return _page(department, form_errors(error)), 422
    work.commit()
    flash(gettext("开放时间已保存；已经约好的不变"))
    return redirect(url_for(".index"))


def _page(department: str, errors: dict[str, list[str]]) -> str:
    names = {one.code: one.name for one in directory.departments(work)}
    chosen = department if department in names else ""
    return render_template(
        "console/hours.html", plans=booking.places(work), names=names, chosen=chosen,
        plan=booking.plan_of(work, chosen) if chosen else None, told=hours.told, errors=errors,
    )  # fmt: skip
