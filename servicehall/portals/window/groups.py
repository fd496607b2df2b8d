"""Groups (一件事): one thing handed in at once, as the window sees it; each department opens its own."""

from flask import Blueprint, render_template

from servicehall.bundling import outlook
from servicehall.cases.states import NAMES
from servicehall.desk import worklist
from servicehall.portals.guard import work

pages = Blueprint("groups", __name__, url_prefix="/groups")


@pages.get("/<key>")
def group(key: str) -> str:
    """The cases in their order and how each stands; looking at it is on record."""
    found = outlook.for_staff(work, key)
    page = render_template(
        "window/group.html", group=found, stages=outlook.stages(found), way=outlook.way(found),
        standing=outlook.standing(found), counted=outlook.counted(found), names=NAMES,
        opens=lambda case: outlook.opens(work, case), light=lambda case: worklist.light(work, case),
    )  # fmt: skip
    work.commit()
    return page
