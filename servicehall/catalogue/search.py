"""Search (搜索): items by parts of their names, departments, themes, aliases, and by filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Literal

from sqlalchemy import ColumnElement, case, func, select

from servicehall.catalogue.entries import normal
from servicehall.catalogue.models import ItemEntry
from servicehall.kernel.work import UnitOfWork

MOST_WORDS = 8
MOST_CHARACTERS = 100
IN_USE = ItemEntry.state == "in_use"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of results: ``total`` of them all, ``next`` the ``after`` of the following page."""

    entries: Sequence[ItemEntry]
    total: int
    next: int | None


def find(
    work: UnitOfWork,
    query: str = "",
    *,
    kind: Literal["natural", "legal"] | None = None,
    theme: str | None = None,
    department: str | None = None,
    applicable: bool | None = None,
    limit: int = 20,
    after: int | None = None,
) -> Page:
    """Items in use that hold every word of *query* and pass the filters.

    Best first: the name begins with a word, holds it, an alias does, a department or theme does;
    within one rank those that can be applied for here come first. *theme* is a key such as
    ``natural-030``, *department* a credit code; *after* is how many results came before. Where no
    name holds the words, one that has their characters in this order is taken (护士注册 finds
    护士执业注册).
    """
    filters = _filters(kind=kind, theme=theme, department=department, applicable=applicable)
    words = _words(query)
    held = [ItemEntry.search_text.contains(word, autoescape=True) for word in words]
    page = _page(work, [*filters, *held], _rank(words), limit=limit, after=after)
    if page.total or not words:
        return page
    loose = [ItemEntry.name_key.like(_spread(word), escape="/") for word in words]
    return _page(work, [*filters, *loose], [], limit=limit, after=after)


def suggest(work: UnitOfWork, query: str, limit: int = 8) -> Sequence[ItemEntry]:
    """The first few results for what has been typed so far; none for nothing."""
    return find(work, query, limit=limit).entries if _words(query) else ()


def counts_by_theme(work: UnitOfWork) -> dict[str, int]:
    """How many items in use each theme has, by theme key; themes without any are left out."""
    query = select(ItemEntry.themes, func.count()).where(IN_USE).group_by(ItemEntry.themes)
    counts: dict[str, int] = {}
    for themes, number in work.session.execute(query):
        for key in filter(None, themes.split(",")):
            counts[key] = counts.get(key, 0) + number
    return counts


@dataclass(frozen=True, slots=True)
class DepartmentCount:
    """A department that has items: credit code, name, all of its items, and the applicable."""

    code: str
    name: str
    items: int
    applicable: int


def departments(work: UnitOfWork) -> Sequence[DepartmentCount]:
    """Every department that has items in use; those whose items can be applied for come first."""
    number = func.sum(case((ItemEntry.applicable, 1), else_=0))
    query = (
        select(ItemEntry.department, func.max(ItemEntry.department_name), func.count(), number)
        .where(IN_USE)
        .group_by(ItemEntry.department)
    )
    rows = [DepartmentCount(*row) for row in work.session.execute(query)]
    return sorted(rows, key=lambda row: (not row.applicable, -row.items, row.code))


def _filters(
    *, kind: str | None, theme: str | None, department: str | None, applicable: bool | None
) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = [IN_USE]
    if kind:
        column = ItemEntry.natural if kind == "natural" else ItemEntry.legal
        chosen.append(column.is_(True))
    if theme:
        chosen.append(ItemEntry.themes.contains(f",{theme},", autoescape=True))
    if department:
        chosen.append(ItemEntry.department == department)
    if applicable is not None:
        chosen.append(ItemEntry.applicable.is_(applicable))
    return chosen


def _page(
    work: UnitOfWork,
    wanted: Sequence[ColumnElement[bool]],
    rank: Sequence[ColumnElement[int]],
    *,
    limit: int,
    after: int | None,
) -> Page:
    start = max(after or 0, 0)
    total = work.session.scalar(select(func.count(ItemEntry.id)).where(*wanted)) or 0
    query = (
        select(ItemEntry)
        .where(*wanted)
        .order_by(*rank, ItemEntry.applicable.desc(), func.length(ItemEntry.name), ItemEntry.code)
        .limit(limit)
        .offset(start)
    )
    entries = work.session.scalars(query).all() if start < total else []
    end = start + len(entries)
    return Page(entries, total, end if end < total else None)


def _words(query: str) -> list[str]:
    """The words asked for, as the columns hold them; more than a few help nobody."""
    kept = query[:MOST_CHARACTERS].replace("\0", " ").encode(errors="ignore").decode()
    cut = normal(kept)
    return list(dict.fromkeys(cut.split()))[:MOST_WORDS]


def _rank(words: Sequence[str]) -> list[ColumnElement[int]]:
    """The lower the better: the sum over the words of where each is found."""
    found = [
        case(
            (ItemEntry.name_key.startswith(word, autoescape=True), 0),
            (ItemEntry.name_key.contains(word, autoescape=True), 1),
            (ItemEntry.alias_key.contains(word, autoescape=True), 2),
            else_=3,
        )
        for word in words
    ]
    return [reduce(add, found)] if found else []


def _spread(word: str) -> str:
    """A pattern for the characters of *word* in this order, with anything between them."""
    safe = (f"/{character}" if character in "%_/" else character for character in word)
    return f"%{'%'.join(safe)}%"
