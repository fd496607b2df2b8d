"""Listed (事项管理): the applicable items and the check of the files that came with the hall."""

from pathlib import Path

from flask import Blueprint, current_app, render_template

from servicehall.catalogue import drafts, planning
from servicehall.catalogue import items as catalogue
from servicehall.finding import search
from servicehall.portals.console.drafting import STATES
from servicehall.portals.guard import work
from servicehall.revising import release

pages = Blueprint("listed", __name__)


@pages.get("/items")
def items() -> str:
    """The applicable items, and the check of their files."""
    folder = Path(current_app.extensions["hall"].settings.home)
    return render_template(
        "console/items.html", entries=catalogue.applicable(work),
        total=search.find(work, limit=1).total, problems=release.problems(folder),
        drafts=drafts.pending(work), plans=planning.pending(work), states=STATES,
        me=work.actor.id,
    )  # fmt: skip
