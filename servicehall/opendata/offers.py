"""Offers (开放目录): which datasets are open now, and their rows page by page, by key."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from servicehall.catalogue.models import ItemEntry
from servicehall.finding import search
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.opendata import figures
from servicehall.opendata.models import OpenEdition, OpenRow
from servicehall.opendata.openness import OpenSet, of_dataset, released
from servicehall.sharing import resources

PAGE, CHUNK = 50, 500
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the ``after`` of those that follow (None at the end)."""

    rows: Sequence[Row]
    next: str | None


def all_open(work: UnitOfWork) -> list[OpenSet]:
    """The hall's own sets, then every resource in force that is open without condition."""
    own = [figures.ITEMS, *(of for of, _ in figures.KEPT.values())]
    shared = (one for one in resources.published(work) if one.opening == "unconditional")
    return [*own, *map(of_dataset, shared)]


def one(work: UnitOfWork, code: str) -> OpenSet:
    """The open dataset of this code. Raises NotFound."""
    for of in all_open(work):
        if of.code == code:
            return of
    raise NotFound(N_("没有这个开放数据集"))


def editions(work: UnitOfWork) -> dict[str, OpenEdition]:
    """When each dataset was last published, and how large it is."""
    return {row.dataset: row for row in work.session.scalars(select(OpenEdition))}


def updated(work: UnitOfWork, of: OpenSet) -> datetime | None:
    """When the dataset was last published; None while it never was, and for what is always new."""
    found = editions(work).get(of.code)
    return found.published_at if found else None


def page(
    work: UnitOfWork, of: OpenSet, *, words: str = "", after: str = "", most: int = PAGE
) -> Page:
    """Up to *most* rows that hold *words*, in the order of keys, behind *after*.

    Raises Invalid for an *after* that is none.
    """
    words = " ".join("".join(c if c.isprintable() else " " for c in words).split())[:60]
    if not after.isprintable():
        raise Invalid(N_("参数 %(name)s 不正确"), field="after", name="after")
    if of is figures.ITEMS:
        return _items(work, words, after, most)
    query = select(OpenRow.key, OpenRow.body).where(OpenRow.dataset == of.code, OpenRow.key > after)
    for word in words.lower().split():
        query = query.where(OpenRow.words.contains(word, autoescape=True))
    rows = work.session.execute(query.order_by(OpenRow.key).limit(most + 1)).all()
    shown = list(released(of, (row.body for row in rows[:most])))
    return Page(shown, rows[most - 1].key if len(rows) > most else None)


def everything(work: UnitOfWork, of: OpenSet) -> Iterator[Row]:
    """Every row, read piece by piece."""
    after: str | None = ""
    while after is not None:
        found = page(work, of, after=after, most=CHUNK)
        yield from found.rows
        after = found.next


def _items(work: UnitOfWork, words: str, after: str, most: int) -> Page:
    """Items as they stand: found as everywhere in the hall, or all by code."""
    if words:
        found = search.find(work, words, limit=most, after=after or None)
        return Page(list(released(figures.ITEMS, map(_item, found.entries))), found.next)
    query = select(ItemEntry).where(ItemEntry.state == "in_use", ItemEntry.code > after)
    rows = work.session.scalars(query.order_by(ItemEntry.code).limit(most + 1)).all()
    shown = list(released(figures.ITEMS, map(_item, rows[:most])))
    return Page(shown, rows[most - 1].code if len(rows) > most else None)


def _item(entry: Any) -> Row:
    return {
        "code": entry.code, "name": entry.name, "type": entry.type,
        "department": entry.department_name, "region": entry.region,
        "online": "是" if entry.applicable else "否",
    }  # fmt: skip
