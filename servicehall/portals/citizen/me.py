"""Me (固定地址): addresses of one's own pages that letters and other systems may print."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from servicehall.cases import matters
from servicehall.portals.guard import work

pages = Blueprint("me", __name__, url_prefix="/me")


@pages.get("/data-usage")
def usage() -> ResponseReturnValue:
    """Who looked at my data."""
    return redirect(url_for("citizen.account.looked"))


@pages.get("/cases/<number>")
def case(number: str) -> ResponseReturnValue:
    """One's own case by the number on its papers."""
    found = matters.own(work, matters.numbered(work, number).key)
    return redirect(url_for("citizen.mine.case", key=found.key))
