"""The console (管理台): the supervisor's board, the item list's publisher, the auditor's trail."""

from pathlib import Path

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.cases import release
from servicehall.cases.states import NAMES
from servicehall.catalogue import search
from servicehall.feedback import ratings
from servicehall.oversight import supervision, trail
from servicehall.portals.guard import admit, only, whole_number, work

portal = admit(
    Blueprint("console", __name__, url_prefix="/console"),
    frozenset({"supervisor", "item_admin", "auditor"}),
)


@portal.get("/")
@only(frozenset({"supervisor"}))
def board() -> str:
    """Figures of the hall with a chart and its table (效能监督)."""
    return render_template(
        "console/board.html", counts=supervision.counts(work), names=NAMES,
        late=supervision.late(work), departments=supervision.departments(work),
        ratings=ratings.counts(work), grades=ratings.GRADES,
    )  # fmt: skip


@portal.get("/items")
@only(frozenset({"item_admin"}))
def items() -> str:
    """The applicable items, the check of their files, and publishing."""
    folder = Path(current_app.extensions["hall"].settings.home)
    return render_template(
        "console/items.html", entries=search.find(work, applicable=True, limit=200).entries,
        total=search.find(work, limit=1).total, problems=release.problems(folder),
    )  # fmt: skip


@portal.post("/items/publish")
@only(frozenset({"item_admin"}))
def publish() -> ResponseReturnValue:
    """Publish what changed in the item files (发布)."""
    made = release.publish(work, Path(current_app.extensions["hall"].settings.home))
    if work.unfinished:
        work.commit()
    flash(gettext("已发布 %(made)s 个有变化的事项", made=made))
    return redirect(url_for(".items"))


@portal.get("/audit")
@only(frozenset({"auditor"}))
def audit() -> str:
    """The record, newest first, with its hashes (审计查阅)."""
    asked = request.args
    entries = trail.entries(
        work, before=whole_number("before"), act=asked.get("act", ""),
        subject=asked.get("subject", ""),
    )  # fmt: skip
    return render_template(
        "console/audit.html", entries=entries, act=asked.get("act", ""),
        subject=asked.get("subject", ""),
        next=entries[-1].id if len(entries) == trail.PAGE else 0,
    )  # fmt: skip
