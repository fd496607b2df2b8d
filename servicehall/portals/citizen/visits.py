"""Visits (预约): choose a working day and a time, rebook, cancel; the board of the hall, in big type."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.identity import directory
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors
from servicehall.visits import booking, calling

pages = Blueprint("visits", __name__, url_prefix="/visits")
board_pages = Blueprint("board", __name__, url_prefix="/visits")


@pages.get("")
def index() -> str:
    """My bookings, and what is free on the day chosen."""
    return _page({})


@pages.post("")
def book() -> ResponseReturnValue:
    sent = request.form
    offered = [plan.department for plan in booking.places(work)]
    department = sent.get("department") or next(iter(offered), "")
    try:
        made = booking.book(
            work, department, _day(sent.get("day", "")), sent.get("slot", -1, int),
            item=sent.get("item", "")[:40],
        )  # fmt: skip
    except (Invalid, Conflict) as error:
        work.rollback()
        errors = form_errors(Invalid(error.message, field=error.field or "slot", **error.params))
        return _page(errors), 409 if isinstance(error, Conflict) else 422
    work.commit()
    told = gettext("已预约 %(day)s %(time)s", day=str(made.day), time=booking.spoken(made.slot))
    flash(told)
    return redirect(url_for(".index"))


@pages.post("/<key>/cancel")
def cancel(key: str) -> ResponseReturnValue:
    booking.cancel(work, key)
    work.commit()
    flash(gettext("已取消预约"))
    return redirect(url_for(".index"))


@board_pages.get("/board/<department>")
def board(department: str) -> str:
    """What hangs in the hall: numbers and windows, how many wait; nobody's name."""
    return render_template(
        "citizen/board.html", board=calling.board(work, department),
        department=directory.department(work, department),
    )  # fmt: skip


def _page(errors: dict[str, list[str]]) -> str:
    plans, days = booking.places(work), booking.days(work)
    asked = request.values.get("department", "")
    plan = next((p for p in plans if p.department == asked), plans[0] if plans else None)
    day = _day(request.values.get("day", ""))
    day = day if day in days else (days[0] if days else date.min)
    return render_template(
        "citizen/visits.html", errors=errors, mine=booking.mine(work), days=days, day=day, plan=plan,
        free=booking.free(work, plan.department, day) if plan and days else {},
        places=[(p.department, directory.department(work, p.department).name) for p in plans],
        spoken=booking.spoken, item=request.values.get("item", ""),
    )  # fmt: skip


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return date.min
