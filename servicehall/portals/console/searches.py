"""Searches (搜索未果): the words that found nothing, for whoever writes items and sayings."""

from flask import Blueprint, render_template

from servicehall.finding import misses, sayings
from servicehall.portals.guard import work

pages = Blueprint("searches", __name__)


@pages.get("/items/searches")
def searches() -> str:
    """What was sought in vain in the last thirty days, what it finds by now, and what to do."""
    return render_template(
        "console/searches.html", found=misses.listed(work), days=30, sayings=len(sayings.known())
    )
