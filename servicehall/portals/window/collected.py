"""Collected (异地代收): what this window took in for another region, and where it stands there."""

from flask import Blueprint, render_template

from servicehall.applying import collecting
from servicehall.cases import matters
from servicehall.cases.states import NAMES
from servicehall.identity import directory
from servicehall.portals.guard import only, work

pages = Blueprint("collected", __name__, url_prefix="/collected")
CLERKS = frozenset({"clerk"})


@pages.get("")
@only(CLERKS)
def index() -> str:
    """The latest first; names and contents stay with whoever handles the case."""
    taken = collecting.mine(work)
    page = render_template("window/collected.html", taken=taken, names=NAMES)
    matters.listed(work, [one.case for one in taken])
    if work.unfinished:
        work.commit()
    return page


@pages.get("/<number>")
@only(CLERKS)
def case(number: str) -> str:
    """Where one stands: what to tell the applicant who asks, and what is to be corrected here."""
    found = collecting.one(work, number)
    matters.look(work, found.case)
    page = render_template(
        "window/collected_case.html", one=found, case=found.case, item=found.case.item,
        state=NAMES[found.case.state], waits=collecting.waits(found),
        taken=collecting.of_case(work, found.case), by=lambda who: directory.staff_name(work, who),
        offices={d.code: d.name for d in directory.departments(work)},
    )  # fmt: skip
    work.commit()
    return page
