"""Search (搜索): items by any part of what they are called, as it is said or spelt, and by filters.

Two levels: the distinct names that hold the words (``searching``), then the entries of each, by
region. The best names are ranked by their texts; those after them follow in the order of the index.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from servicehall.catalogue.models import ItemEntry
from servicehall.finding import counting, ways
from servicehall.finding.asking import (
    COLUMNS,
    Asked,
    Cursor,
    Offices,
    holders,
    mark,
    opened,
    sealed,
)
from servicehall.finding.sought import Sought, ways_to
from servicehall.kernel.work import UnitOfWork
from servicehall.searching import matching

FEWEST, MOST = 20, 160  # so many names are asked for at a time
_CODE = re.compile(r"[0-9A-Z]{18}\d{13}(\d{2})?|[0-9A-Z]{18}\d{10}00Y(\d{2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of results: ``next`` is the ``after`` of the following one.

    ``way`` says how they were found (``ways``): literal, plain, meant, pinyin, spelt, initials,
    scattered, prose, sounds, slip, office, code, all; ``none`` where there are none.
    """

    entries: Sequence[Row[Any]]
    next: str | None
    way: str
    sought: Sought | None = None

    @property
    def total(self) -> int:
        """How many there are of them all (a lower bound beyond ``counting.MOST_NAMES`` names)."""
        return counting.total(self.sought) if self.sought else len(self.entries)

    def counts(self, regions: Sequence[str] = ()) -> counting.Counts:
        """How many each filter would leave; of *regions* (12 digits) how many each holds."""
        if self.sought:
            return counting.counts(self.sought, regions)
        return counting.Counts(len(self.entries), False, {}, {}, ())


def find(
    work: UnitOfWork, query: str = "", *, asked: Asked | None = None, limit: int = 20,
    after: str | None = None, spread: bool = False, **filters: Any,
) -> Page:  # fmt: skip
    """Items that are called as *query* says and pass the filters (of ``Asked``).

    Suspended ones too, as such (``stopped``): who seeks one must learn that it stands still.

    Best first: exactly so, beginning so, holding it, by another name, by a theme; then plain words,
    sayings, pinyin, sayings by their letters, initials, the summary, what sounds so, slips. Within
    one rank the applicable first, then the shorter name; one name's entries by region. With
    *spread* one entry of a name.
    Raises Invalid for an *after* that is none, or filters that cannot be.
    """
    asked = asked or Asked(**filters)
    of = mark(asked, query)
    cursor = opened(after, of) if after else None
    if found := _by_code(work, query):
        return Page(found, None, "code")
    for sought in ways_to(work, query, asked, cursor.way if cursor else ""):
        rows = _rows(sought, cursor, limit + 1, spread=spread)
        if rows or cursor:
            shown = [row for *_, row in rows[:limit]]
            following = sealed(_at(sought, *rows[limit - 1]), of) if len(rows) > limit else None
            return Page(shown, following, sought.way.name, sought)
    return Page([], None, "none")


def stopped(entry: Any) -> dict[str, Any] | None:
    """What people are told of a suspended item (reason, starts_on, ends_on); None while in use."""
    if entry.state != "suspended":
        return None
    told: dict[str, Any] | str = entry.notice  # SQLite's own cursor gives JSON as it is kept
    return (json.loads(told) if isinstance(told, str) else told) or {}


def suggest(
    work: UnitOfWork, query: str, limit: int = 8, *, asked: Asked | None = None
) -> Sequence[Row[Any]]:
    """The first few results for what has been typed so far, no name twice; none for nothing."""
    if not ways.words_of(query):
        return ()
    return find(work, query, asked=asked, limit=limit, spread=True).entries


def nearest(work: UnitOfWork, query: str, most: int = 5) -> Sequence[str]:
    """Names that have the most in common with *query*, whatever the filters, no name twice."""
    for way in (*ways.ways(query), *ways.nearest(query)):
        rows = _rows(Sought(work, Asked(), way, Offices()), None, most, spread=True)
        if rows:
            return list(dict.fromkeys(row.name for *_, row in rows))
    return ()


def _rows(
    sought: Sought, cursor: Cursor | None, most: int, *, spread: bool
) -> list[tuple[bool, int, Row[Any]]]:
    """Up to *most* entries after *cursor*, each with where its name was: (windowed, rank)."""
    found: list[tuple[bool, int, Row[Any]]] = []
    each = 1 if spread else None
    for names, windowed in _chunks(sought, cursor, most):
        ranks = {key: rank for rank, key in names if key not in sought.without}
        resumed = cursor is not None and list(ranks) == [cursor.name]
        spans = _after(sought.asked, cursor) if resumed and cursor else sought.asked.spans
        rows = matching.rows(
            sought.work.session, holders(sought.way, sought.offices), list(ranks),
            spans, most=most - len(found), each=each, values=sought.offices.values,
        )  # fmt: skip
        if not rows and not resumed:
            sought.without.update(ranks)
        found += [(windowed, ranks[row[-1]], row) for row in _once(rows, spread=spread)]
        if len(found) >= most:
            break
    return found


def _at(sought: Sought, windowed: bool, rank: int, row: Row[Any]) -> Cursor:
    """The place of *row*: the next page begins after it."""
    spans = enumerate(sought.asked.spans)
    span = next(n for n, s in spans if s.low <= row.region <= s.high)
    return Cursor(sought.way.name, windowed, rank, row[-1], span, row.region, row.id)


def _once(rows: Sequence[Row[Any]], *, spread: bool) -> Sequence[Row[Any]]:
    """With *spread* no name twice (it may be held at several spans)."""
    return list({row[-1]: row for row in reversed(rows)}.values())[::-1] if spread else rows


def _chunks(
    sought: Sought, cursor: Cursor | None, most: int
) -> Iterator[tuple[list[tuple[int, int]], bool]]:
    """(rank, key) of names in their order, a few at a time; a name begun before comes alone."""
    if not sought.way.wanted:
        yield from _others(sought, cursor, frozenset(), most)
        return
    ranked, rest = sought.ranked()
    if cursor and not cursor.windowed:
        yield from _others(sought, cursor, frozenset(key for _, key in ranked), most)
        return
    if cursor:
        if (cursor.rank, cursor.name) in ranked:
            yield [(cursor.rank, cursor.name)], True
        later = [place for place in ranked if place > (cursor.rank, cursor.name)]
    else:
        later = ranked
    for some in (later[:most], later[most:]):
        if some:
            yield some, True
    if rest:
        start = Cursor(sought.way.name, False, 0, rest, -1, "", 0)
        yield from _others(sought, start, frozenset(key for _, key in ranked), most)


def _others(
    sought: Sought, cursor: Cursor | None, known: frozenset[int], most: int
) -> Iterator[tuple[list[tuple[int, int]], bool]]:
    """The names after those that were ranked, as the index gives them."""
    last = -1
    if cursor:
        last = cursor.name
        if cursor.span >= 0:
            yield [(cursor.rank, cursor.name)], False
    most = max(most, FEWEST)
    while found := sought.names(after=last, most=most):
        last = found[-1].id
        kept = [(0, row.id) for row in found
                if row.id not in known and sought.way.rank(row.text, row.others) is not None]  # fmt: skip
        if kept:
            yield kept, False
        if len(found) < most:
            return
        most = min(2 * most, MOST)


def _after(asked: Asked, cursor: Cursor) -> list[matching.Span]:
    """The spans of a name from the entry of *cursor* on."""
    here, *later = asked.spans[max(cursor.span, 0) :] or asked.spans[-1:]
    return [here._replace(place=cursor.region, row=cursor.id), *later]


def _by_code(work: UnitOfWork, query: str) -> Sequence[Row[Any]]:
    """The item whose code was typed, whatever the filters say."""
    code = query.strip().upper()
    if not _CODE.fullmatch(code):
        return ()
    columns = [getattr(ItemEntry, name) for name in COLUMNS]
    asked = select(*columns).where(ItemEntry.code == code, ItemEntry.state != "cancelled")
    return work.session.execute(asked).all()
