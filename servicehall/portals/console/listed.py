"""Listed (事项管理): the applicable items, the check of their files, and publishing."""

from pathlib import Path

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.cases import release
from servicehall.catalogue import search
from servicehall.portals.guard import work

pages = Blueprint("listed", __name__)


@pages.get("/items")
def items() -> str:
    """The applicable items, the check of their files, and publishing."""
    folder = Path(current_app.extensions["hall"].settings.home)
    return render_template(
        "console/items.html", entries=search.find(work, applicable=True, limit=200).entries,
        total=search.find(work, limit=1).total, problems=release.problems(folder),
    )  # fmt: skip


@pages.post("/items/publish")
def publish() -> ResponseReturnValue:
    """Publish what changed in the item files (发布)."""
    made = release.publish(work, Path(current_app.extensions["hall"].settings.home))
    if work.unfinished:
        work.commit()
    flash(gettext("已发布 %(made)s 个有变化的事项", made=made))
    return redirect(url_for(".items"))
