"""Widening (没有找到时): where nothing was found, what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from flask_babel import gettext

from servicehall.finding import sayings, search
from servicehall.finding.asking import Asked
from servicehall.portals import places
from servicehall.portals.citizen import filters
from servicehall.portals.guard import work

ADDRESS = {"applicable": "online"}  # what a filter is called in the address, where not the same


@dataclass(frozen=True, slots=True)
class Wider:
    """A filter that stands in the way: what is found without it; *whole*: called so, not only near."""

    text: str
    url: str
    count: int
    more: bool
    chinese: bool
    whole: bool


def without(chosen: Asked, query: str) -> Sequence[Wider]:
    """Each filter whose taking away finds something, the most first.

    All of them together where no single one helps; what is called as the query says hides the rest.
    """
    names = [field.name for field in fields(chosen) if getattr(chosen, field.name) is not None]
    found = [wider for name in names if (wider := _dropped([name], chosen, query))]
    if len(names) > 1 and not any(wider.whole for wider in found):
        found += filter(None, [_dropped(names, chosen, query)])
    best = [wider for wider in found if wider.whole] or found
    return sorted(best, key=lambda wider: -wider.count)


def _dropped(names: Sequence[str], chosen: Asked, query: str) -> Wider | None:
    page = search.find(work, query, asked=replace(chosen, **dict.fromkeys(names)), limit=1)
    if not page.entries or not page.sought or page.sought.way.is_guess:
        return None
    counts = page.counts()
    emptied = {ADDRESS.get(name, name): "" for name in names}
    if "region" in emptied and places.chosen():
        emptied["region"] = places.EVERYWHERE
    alone = names[0] if len(names) == 1 else ""
    text = filters.named(chosen).get(alone, "") or gettext("全部筛选条件")
    url, whole = filters.again(**emptied), page.sought.way.is_whole
    return Wider(text, url, counts.total, counts.more, alone in filters.DATA, whole)


def nearest(query: str) -> Sequence[tuple[str, str]]:
    """(name, address) of what has the most in common with *query*: 您是不是要找."""
    return [(name, filters.again(q=name)) for name in search.nearest(work, query)]


def said(query: str) -> Sequence[tuple[str, str]]:
    """(saying, address) of what people say that is near *query*."""
    return [(says, filters.again(q=says)) for says in sayings.near(query)]
