"""Calendar (工作日历): a year at a glance; a day changes with a reason; the next year is brought in."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.calendars import amending
from servicehall.identity import directory
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors

pages = Blueprint("calendar", __name__, url_prefix="/calendar")


@pages.get("")
def year() -> str:
    """The twelve months of a year, what was changed, and the forms."""
    return _page({})


@pages.post("")
def change() -> ResponseReturnValue:
    """One day is worked or not, for a reason."""
    sent = request.form
    worked = {"yes": True, "no": False}.get(sent.get("worked", ""))
    day = sent.get("day", None, date.fromisoformat)
    try:
        amending.change(work, day, worked=worked, reason=sent.get("reason", ""))
    except (Invalid, Conflict) as error:
        return _refused(error)
    work.commit()
    flash(gettext("日历已调整，未办结办件的期限会自动重新计算并告知申请人"))
    return redirect(url_for(".year", year=day.year if day else None))


@pages.post("/import")
def bring() -> ResponseReturnValue:
    """The next year from a sheet (CSV)."""
    file = request.files.get("file")
    try:
        content = file.read() if file else b""
        count = amending.bring(work, content, reason=request.form.get("source", ""))
    except (Invalid, Conflict) as error:
        return _refused(error)
    work.commit()
    flash(gettext("已导入 %(count)s 天，未办结办件的期限会自动重新计算", count=count))
    return redirect(url_for(".year", year=amending.years(work)[1]))


def _refused(error: Invalid | Conflict) -> ResponseReturnValue:
    work.rollback()
    errors = form_errors(Invalid(error.message, field=error.field or "day", **error.params))
    return _page(errors), 409 if isinstance(error, Conflict) else 422


def _page(errors: dict[str, list[str]]) -> str:
    first, last = amending.years(work)
    asked = request.args.get("year", 0, int) or (request.form.get("day", "") or "")[:4]
    chosen = int(asked) if str(asked).isdigit() else 0
    chosen = chosen if first <= chosen <= last + 1 else min(max(work.today().year, first), last)
    changes = amending.changes(work)
    return render_template(
        "console/calendar.html", errors=errors, year=chosen, first=first, last=last,
        months=amending.year(work, chosen), changes=changes,
        staff=directory.staff_names(work, {change.by for change in changes}),
    )  # fmt: skip
