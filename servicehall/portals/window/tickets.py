"""Tickets (取号叫号): draw a number for who comes, call the next, end it; at one's own window."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.kernel.errors import Conflict, Invalid
from servicehall.portals.guard import only, work
from servicehall.portals.pages import form_errors
from servicehall.visits import booking, calling

pages = Blueprint("tickets", __name__, url_prefix="/tickets")
CLERKS = frozenset({"clerk"})


@pages.get("")
@only(CLERKS)
def index() -> str:
    return _page({})


@pages.post("")
@only(CLERKS)
def draw() -> ResponseReturnValue:
    """A number for somebody who came, with or without a booking."""
    try:
        made = calling.draw(work, work.actor.department, booking=request.form.get("booking", ""))
    except Invalid as error:
        return _refused(error)
    work.commit()
    flash(gettext("已取号 %(number)s", number=f"{made.number:03d}"))
    return redirect(url_for(".index"))


@pages.post("/next")
@only(CLERKS)
def call() -> ResponseReturnValue:
    """The next one, to this window."""
    try:
        called = calling.call(work, work.actor.department, window=request.form.get("window", ""))
    except (Invalid, Conflict) as error:
        return _refused(error)
    if work.unfinished:
        work.commit()
    told = gettext("请 %(number)s 号到窗口", number=f"{called.number:03d}") if called else ""
    flash(told or gettext("没有人在等"))
    return redirect(url_for(".index", window=request.form.get("window", "")))


@pages.post("/end")
@only(CLERKS)
def end() -> ResponseReturnValue:
    """Served, or not there."""
    if calling.current(work, work.actor.department):
        calling.end(work, work.actor.department, came=request.form.get("came") == "yes")
        work.commit()
    return redirect(url_for(".index", window=request.form.get("window", "")))


def _refused(error: Invalid | Conflict) -> ResponseReturnValue:
    work.rollback()
    errors = form_errors(Invalid(error.message, field=error.field, **error.params))
    return _page(errors), 409 if isinstance(error, Conflict) else 422


def _page(errors: dict[str, list[str]]) -> str:
    mine = work.actor.department
    is_open = booking.plan_of(work, mine) is not None
    return render_template(
        "window/tickets.html", errors=errors, department=mine, is_open=is_open,
        board=calling.board(work, mine) if is_open else None, spoken=booking.spoken,
        current=calling.current(work, mine), window=request.values.get("window", ""),
    )  # fmt: skip
