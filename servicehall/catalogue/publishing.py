"""Publishing (发布): a changed wording becomes a new revision; an unchanged one costs nothing."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import insert, select, tuple_, update

from servicehall.catalogue import upkeep
from servicehall.catalogue.entries import derive
from servicehall.catalogue.items import known
from servicehall.catalogue.models import ItemEntry, ItemRevision
from servicehall.kernel import jcs
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.standard.schema import Item

BATCH = 200


def publish(work: UnitOfWork, items: Sequence[Item], *, again: bool = True) -> int:
    """Put the wordings of *items* in force; the number that changed.

    Idempotent by content digest. Without *again* a wording that was in force once and was replaced
    stays in the past: a file read at every start never undoes what people published since. One act
    for each applicable item (``item.published``), one for all the guide-only ones together
    (``items.imported`` with their count). Items that are not among *items* stay as they are.
    Raises Invalid where one code comes twice.
    """
    wordings = {item.code: (item, *wording(item)) for item in items}
    if len(wordings) < len(items):
        raise Invalid(N_("同一个实施编码出现了两次"))
    in_force = dict(
        work.session.execute(
            select(ItemEntry.code, ItemRevision.digest).join(ItemEntry.current)
        ).all()
    )
    changed = [each for each in wordings.values() if in_force.get(each[0].code) != each[1]]
    if not again:
        past = _known(work, changed)
        changed = [each for each in changed if (each[0].code, each[1]) not in past]
    with upkeep.followed(work, [item.code for item, *_ in changed]):
        for start in range(0, len(changed), BATCH):
            _put_in_force(work, changed[start : start + BATCH], known=in_force)
    _record(work, changed)
    return len(changed)


def wording(item: Item) -> tuple[str, dict[str, Any]]:
    """The digest of *item* (SHA-256 of its canonical JSON, RFC 8785) and the body it is made of."""
    body = item.model_dump(mode="json", exclude_defaults=True)
    return hashlib.sha256(jcs.canonical(body)).hexdigest(), body


def mark(
    work: UnitOfWork, code: str, *, state: Literal["in_use", "suspended", "cancelled"], reason: str
) -> None:
    """Suspend (暂停), cancel (取消) or resume an item; cases under way go on. Raises NotFound."""
    with upkeep.followed(work, [code]):
        known(work, code).state = state
    work.record("item.marked", code, state=state, reason=reason)


def rebuild(work: UnitOfWork) -> int:
    """Derive every entry again from its wording, and the search index from the entries.

    The number that had to be mended: 0 proves both right.
    """
    mended = 0
    for row in work.session.scalars(select(ItemEntry)):
        wanted = derive(row.current.item)
        if any(getattr(row, name) != value for name, value in wanted.items()):
            mended += 1
            for name, value in wanted.items():
                setattr(row, name, value)
    work.session.flush()
    mended += upkeep.rebuild(work)
    if mended:
        work.record("items.rebuilt", "items", count=mended)
    return mended


_Wording = tuple[Item, str, dict[str, Any]]


def _known(work: UnitOfWork, wordings: Sequence[_Wording]) -> dict[tuple[str, str], int]:
    """The keys of the revisions that hold one of *wordings*, by code and digest."""
    table, found = ItemRevision, {}
    for start in range(0, len(wordings), BATCH):
        keys = [(item.code, digest) for item, digest, _ in wordings[start : start + BATCH]]
        query = select(table.code, table.digest, table.id).where(
            tuple_(table.code, table.digest).in_(keys)
        )
        found.update({(code, digest): key for code, digest, key in work.session.execute(query)})
    return found


def _put_in_force(work: UnitOfWork, batch: Sequence[_Wording], *, known: Iterable[str]) -> None:
    session, held = work.session, _known(work, batch)
    new = [
        {"code": item.code, "digest": digest, "body": body, "published_at": work.now()}
        for item, digest, body in batch
        if (item.code, digest) not in held
    ]
    if new:
        session.execute(insert(ItemRevision), new)
    ids = {code: key for (code, _), key in _known(work, batch).items()}
    rows = [{**derive(item), "current_id": ids[item.code]} for item, *_ in batch]
    fresh = [{**row, "state": "in_use"} for row in rows if row["code"] not in known]
    if fresh:
        session.execute(insert(ItemEntry), fresh)
    _move(work, [row for row in rows if row["code"] in known])


def _move(work: UnitOfWork, rows: Sequence[dict[str, Any]]) -> None:
    """Entries that exist point to the new wording; their state stays."""
    if not rows:
        return
    find = select(ItemEntry.code, ItemEntry.id).where(
        ItemEntry.code.in_([row["code"] for row in rows])
    )
    keys = dict(work.session.execute(find).all())
    work.session.execute(update(ItemEntry), [{**row, "id": keys[row["code"]]} for row in rows])


def _record(work: UnitOfWork, changed: Sequence[_Wording]) -> None:
    for item, digest, _ in changed:
        if item.applicable:
            work.record("item.published", item.code, digest=digest)
    imported = sum(not item.applicable for item, *_ in changed)
    if imported:
        work.record("items.imported", "items", count=imported)
