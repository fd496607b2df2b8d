"""Regions (切换区划): from province to village by links, or by name; lists then begin there."""

from flask import Blueprint, render_template, request

from servicehall.finding import areas
from servicehall.portals import places
from servicehall.portals.guard import safe_next, work

pages = Blueprint("regions", __name__)


@pages.get("/regions")
def choose() -> str:
    """One region with what is right below it (``at``), or those of a name (``name``)."""
    name, at = request.args.get("name", "").strip()[:20], request.args.get("at")
    code = places.chosen() if at is None else at
    way = areas.path(work, code) if code.isdigit() and len(code) == 12 else ()
    if way and way[-1].code != code:
        way = ()
    here = way[-1].code if way else ""
    return render_template(
        "citizen/regions.html", way=way, below=areas.below(work, here), name=name,
        found=[areas.path(work, one.code) for one in areas.called(work, name)],
        chosen=places.chosen(), next=_back(),
    )  # fmt: skip


def _back() -> str:
    """Where the visitor came from: handed on in this page's links, at first told by the browser."""
    before = request.args.get("next") or request.referrer or "/"
    path = safe_next(before)
    return "/" if path.partition("?")[0] == request.path else path
