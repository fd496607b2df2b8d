"""Figures (效能监督、审计查阅): the supervisor's board and the auditor's trail."""

from flask import Blueprint, Response, render_template, request

from servicehall.cases.states import NAMES
from servicehall.feedback import ratings
from servicehall.licenses import patrolling
from servicehall.monitoring import overseeing
from servicehall.oversight import supervision, trail
from servicehall.portals.downloads import attachment
from servicehall.portals.guard import only, whole_number, work

pages = Blueprint("figures", __name__)


@pages.get("/")
@only(frozenset({"supervisor"}))
def board() -> str:
    """Figures of the hall with a chart and its table (效能监督)."""
    return render_template(
        "console/board.html", counts=supervision.counts(work), names=NAMES,
        late=supervision.late(work), departments=supervision.departments(work),
        ratings=ratings.counts(work), grades=ratings.GRADES, to_judge=overseeing.to_judge(work),
    )  # fmt: skip


@pages.get("/audit")
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
        patrol=patrolling.latest(work), faults=patrolling.faults(work),
    )  # fmt: skip


@pages.get("/audit/evidence")
@only(frozenset({"auditor"}))
def evidence() -> Response:
    """What registries said for the case with this number (证据文件); the applicant sees who took it."""
    number = request.args.get("number", "").strip()
    content = trail.evidence(work, number)
    work.commit()
    return attachment(content, "application/json", f"evidence-{number}.json")
