"""Upkeep (检索维护): the search index follows every change of the entries, in its transaction."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import starmap

from sqlalchemy import select, text

from servicehall.catalogue import edition
from servicehall.catalogue.entries import EVERYWHERE, MOST_PROSE, Names, names, places
from servicehall.catalogue.models import ItemEntry
from servicehall.kernel.work import UnitOfWork
from servicehall.searching import fulltext, indexing, inscribing, rebuilding
from servicehall.searching.indexing import Name

BATCH = 500
FINDABLE = ItemEntry.state != "cancelled"  # a suspended item says so itself


@dataclass(slots=True)
class _Entry:
    """What of an entry its index is derived from, and the names it points to."""

    id: int
    code: str
    region: str
    name: str
    aliases: str
    summary: str
    department: str
    department_name: str
    objects: str
    themes: str
    level: int
    applicable: bool
    state: str
    name_id: int | None
    prose_id: int | None


_FIELDS = ", ".join(field.name for field in fields(_Entry)).replace(
    "summary", f"substr(summary, 1, {MOST_PROSE})"
)
_READ = f"SELECT {_FIELDS} FROM item_entry"  # noqa: S608
_SOME = {
    "sqlite": f"{_READ} WHERE code IN (SELECT value FROM json_each(:codes))",  # noqa: S608
    "postgresql": f"{_READ} WHERE code = ANY(CAST(:codes AS text[]))",
}
_Held = dict[Name, Counter[str]]


@contextmanager
def followed(work: UnitOfWork, codes: Sequence[str]) -> Iterator[None]:
    """What is done inside to the entries *codes* (also new ones) is done to the index as well.

    Nobody else publishes from here to the end of the transaction: what an entry was before is taken
    out of the index, and must be what it really was.
    """
    fulltext.alone(work.session.connection())
    before = _found(work, codes)
    yield
    after = _found(work, codes)
    held: _Held = {}
    for code in dict.fromkeys(codes):
        old, new = _told(before.get(code)), _told(after.get(code))
        if old != new:
            _count(held, old, -1)
            _count(held, new, 1)
    touched = [row for row in after.values() if _told(row) != _told(before.get(row.code))]
    if held:
        indexing.change(work.session, held, lambda keys: _pointed(touched, keys))
    if before or after:
        edition.turn(work)


def is_behind(work: UnitOfWork) -> bool:
    """Whether entries are not in the index that should be (they were made by an older hall)."""
    query = select(ItemEntry.id).where(FINDABLE, ItemEntry.name_id.is_(None)).limit(1)
    return work.session.scalar(query) is not None


def rebuild(work: UnitOfWork) -> int:
    """Derive the whole index again; how much of it had to be mended (0 proves it right)."""
    held = _held(work)
    keys, mended = rebuilding.rebuild(work.session, held)
    wrong = [row for row in _all(work) if _keys(row, keys) != _kept(row)]
    inscribing.write(work.session.connection(), _pointed(wrong, keys))
    return mended + len(wrong)


def tidy(work: UnitOfWork) -> bool:
    """File what the last changes put aside (the worker, in each round); whether there was any."""
    return fulltext.tidy(work.session.connection()) > 0


def differences(work: UnitOfWork) -> list[str]:
    """Where the index is not what the entries say, in words; nothing proves it right.

    Changes nothing. What seems to differ is looked at again while nobody can publish.
    """
    if not (found := _differences(work)):
        return found
    fulltext.alone(work.session.connection())
    return _differences(work)


def _differences(work: UnitOfWork) -> list[str]:
    keys, told = rebuilding.compare(work.session, _held(work))
    wrong = [row.code for row in _all(work) if _keys(row, keys) != _kept(row)]
    if wrong:
        told.append(f"{len(wrong)} items point to other names than their own, such as {wrong[0]}")
    return told


def _held(work: UnitOfWork) -> _Held:
    """Every name entries are found by, and how many hold it where."""
    held: _Held = {}
    for row in _all(work):
        _count(held, _told(row), 1)
    return held


def _all(work: UnitOfWork) -> Iterator[_Entry]:
    rows = work.session.execute(text(_READ).execution_options(yield_per=5000))
    return starmap(_Entry, rows)


def _found(work: UnitOfWork, codes: Sequence[str]) -> dict[str, _Entry]:
    work.session.flush()
    connection, found = work.session.connection(), dict[str, _Entry]()
    for some in indexing.batches(codes, BATCH):
        rows = fulltext.among(connection, _SOME, codes=some)
        found.update({row.code: row for row in starmap(_Entry, rows)})
    return found


def _told(row: _Entry | None) -> tuple[Names, str] | None:
    """What the index says of an entry: nothing once it is cancelled."""
    if row is None or row.state == "cancelled":
        return None
    return names(row, open_now=row.state == "in_use"), row.region


def _count(held: _Held, told: tuple[Names, str] | None, sign: int) -> None:
    if told is None:
        return
    found, everywhere = told[0], places(told[1])
    for name in filter(None, (found.name, found.prose)):
        counter = held.setdefault(name, Counter())
        for place in everywhere:
            counter[place] += sign
    held.setdefault(found.office, Counter())[EVERYWHERE] += sign


def _keys(row: _Entry, keys: Mapping[Name, int]) -> tuple[int | None, int | None]:
    told = _told(row)
    if told is None:
        return None, None
    found = told[0]
    return keys.get(found.name), keys.get(found.prose) if found.prose else None


def _kept(row: _Entry) -> tuple[int | None, int | None]:
    return row.name_id, row.prose_id


def _pointed(rows: Sequence[_Entry], keys: Mapping[Name, int]) -> indexing.Writes:
    """The entries *rows* point to the names they are found by."""
    into = inscribing.keys_of("item_entry", ("name_id", "prose_id"))
    return [(into, [(row.id, *_keys(row, keys)) for row in rows])]
