"""Indexing (建索引): names with their tags, and how many hold them where, changed one by one.

A key is weight, length and a running number in one integer: databases give names out in the order
of their keys, so the light and short ones come first without any sorting.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, TypeVar

from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from servicehall.searching import fulltext, inscribing
from servicehall.searching.inscribing import Rows, Write
from servicehall.searching.tokens import NAME, document, letters, normal

T = TypeVar("T")
BATCH = 500
_SERIALS, _LENGTHS = 32, 8  # bits of the running number, above it of the length, then the weight


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, its other names, its tags; one of less weight comes before others.

    *tags* are opaque words of ASCII letters, digits, ``_`` and ``-``; so are places.
    """

    text: str
    others: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    weight: int = 0
    kind: str = NAME

    @property
    def digest(self) -> str:
        """What makes it distinct (signs count, case and width do not)."""
        told = (normal(self.text), "\n".join(map(normal, self.others)), " ".join(self.tags))
        whole = "\0".join((*told, str(self.weight), self.kind))
        return hashlib.blake2b(whole.encode(), digest_size=16).hexdigest()

    @property
    def rank(self) -> int:
        """The upper bits of its key."""
        return first(self.weight) | min(len(letters(self.text)), 255) << _SERIALS

    def row(self, key: int) -> tuple[int, str, str, str, str]:
        """Its row under *key*: key, digest, text, other names, tags."""
        others = "\n".join(map(letters, self.others))
        return key, self.digest, letters(self.text), others, " ".join(self.tags)

    def tokens(self, places: Iterable[str]) -> str:
        """What the index keeps of it."""
        return document(self.text, self.others, self.tags, places, self.kind)


def first(weight: int) -> int:
    """The least key a name of *weight* can have."""
    return weight << (_SERIALS + _LENGTHS)


Held = Mapping[Name, Mapping[str, int]]
Counts = Mapping[int, Mapping[str, int]]  # by the key of the name, then by place
Writes = list[tuple[Write, Rows]]


def change(
    session: Session, held: Held, then: Callable[[Mapping[Name, int]], Writes] | None = None
) -> dict[Name, int]:
    """Add to (or take from) the holders of names at places; the keys of names that have any.

    Names nobody holds any more are forgotten. In the caller's transaction; the same as ``rebuild``
    would make of it. *Then* says what to write besides once the keys are known.
    """
    connection = session.connection()
    fulltext.alone(connection)
    keys: dict[Name, int] = {}
    writes: Writes = []
    for names in batches(held, BATCH):
        inscribing.write(connection, writes)
        known, counts, last = _known(connection, names)
        changes = {name: {p: n for p, n in held[name].items() if n} for name in names}
        gone, writes = _moved({n: told for n, told in changes.items() if n in known}, known, counts)
        keys |= {name: key for name, key in known.items() if key not in gone}
        new = {name: _positive(told) for name, told in changes.items() if name not in known}
        made, more = _put({name: told for name, told in new.items() if told}, last)
        writes += more
        keys |= made
    inscribing.write(connection, [*writes, *(then(keys) if then else ())])
    return keys


def insert_names(connection: Connection, held: Held) -> dict[Name, int]:
    """The keys of new names, now in the index without their numbers."""
    keys, writes = _named(held, _known(connection, list(held)).last)
    inscribing.write(connection, writes)
    return keys


def forget(connection: Connection, keys: Sequence[int]) -> None:
    """Take names out of the index."""
    inscribing.write(connection, _forgotten(keys))


def retell(
    connection: Connection, names: Sequence[Name], keys: Mapping[Name, int], held: Held
) -> None:
    """Write the tokens of *names* anew, whose places are no longer the same."""
    told = [(keys[name], name.tokens(held[name])) for name in names]
    inscribing.write(connection, [(inscribing.OTHER_TOKENS, told)])


def batches(things: Iterable[T], most: int) -> Iterator[list[T]]:
    """*things*, *most* at a time."""
    rest = iter(things)
    while batch := list(islice(rest, most)):
        yield batch


def _put(held: Held, last: Mapping[int, int | None]) -> tuple[dict[Name, int], Writes]:
    """New names, numbers and all: they take the next serials among those of their rank."""
    keys, writes = _named(held, last)
    rows = [(keys[name], place, number) for name in held for place, number in held[name].items()]
    return keys, [*writes, (inscribing.PLACES, rows)]


def _named(held: Held, last: Mapping[int, int | None]) -> tuple[dict[Name, int], Writes]:
    by_rank: dict[int, list[Name]] = {}
    for name in held:
        by_rank.setdefault(name.rank, []).append(name)
    keys = {
        name: (last[rank] or rank) + n
        for rank, names in by_rank.items()
        for n, name in enumerate(names, 1)
    }
    ordered = sorted(held, key=keys.__getitem__)
    told = [(keys[name], name.tokens(held[name])) for name in ordered]
    rows = [name.row(keys[name]) for name in ordered]
    return keys, [(inscribing.NAMES, rows), (inscribing.TOKENS, told)]


def _forgotten(keys: Sequence[int]) -> Writes:
    return [(gone, [(key,) for key in keys]) for gone in inscribing.GONE]


def _moved(changes: Held, keys: Mapping[Name, int], counts: Counts) -> tuple[set[int], Writes]:
    """The keys of names that have no holder left, and what to write for all whose numbers change."""
    mended, added, ended, told = [], [], [], []
    gone: set[int] = set()
    for name, moves in changes.items():
        key, now = keys[name], dict(counts[keys[name]])
        for place, number in moves.items():
            before = now.get(place, 0)
            now[place] = after = before + number
            if before and after > 0:
                mended.append((key, place, after))
            elif before:
                ended.append((key, place))
            elif after > 0:
                added.append((key, place, after))
        left = _positive(now)
        if not left:
            gone.add(key)
        elif left.keys() != counts[key].keys():
            told.append((key, name.tokens(left)))
    writes: Writes = [
        (inscribing.NUMBERS, mended), (inscribing.NO_PLACES, ended), (inscribing.PLACES, added),
        (inscribing.OTHER_TOKENS, told), *_forgotten(sorted(gone)),
    ]  # fmt: skip
    return gone, writes


def _positive(told: Mapping[str, int]) -> dict[str, int]:
    return {place: number for place, number in told.items() if number > 0}


class _Known(NamedTuple):
    """What the index holds of some names."""

    keys: dict[Name, int]  # of those that are there
    counts: dict[int, dict[str, int]]  # how many hold each where
    last: dict[int, int | None]  # the last key given out of each of their ranks


def _known(connection: Connection, names: Sequence[Name]) -> _Known:
    by_digest = {name.digest: name for name in names}
    known = _Known({}, {}, {})
    ranks = list({name.rank for name in names})
    for digest, key, place, number in fulltext.among(
        connection, _KNOWN, digests=list(by_digest), ranks=ranks
    ):
        if digest is None:
            known.last[key] = number
            continue
        known.keys[by_digest[digest]] = key
        held = known.counts.setdefault(key, {})
        if place is not None:
            held[place] = number
    return known


_OF_RANK = (
    "SELECT NULL, r.value, NULL, (SELECT max(id) FROM search_name"  # noqa: S608
    f" WHERE id >= r.value AND id < r.value + {1 << _SERIALS})"
)
# OFFSET 0: one name after the other, whatever PostgreSQL believes of how many there are.
_KNOWN = {
    "sqlite": "SELECT s.digest, s.id, p.place, p.number FROM search_name AS s"  # noqa: S608
    " LEFT JOIN search_place AS p ON p.name_id = s.id"
    " WHERE s.digest IN (SELECT value FROM json_each(:digests))"
    f" UNION ALL {_OF_RANK} FROM json_each(:ranks) AS r",
    "postgresql": "SELECT s.digest, s.id, p.place, p.number FROM search_name AS s LEFT JOIN LATERAL"  # noqa: S608
    " (SELECT place, number FROM search_place WHERE name_id = s.id OFFSET 0) AS p ON true"
    " WHERE s.digest = ANY(CAST(:digests AS text[]))"
    f" UNION ALL {_OF_RANK} FROM unnest(CAST(:ranks AS bigint[])) AS r(value)",
}
