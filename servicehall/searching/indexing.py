"""Indexing (建索引): names with their tags, and how many hold them where, changed one by one.

A key is weight, length and a running number in one integer: databases give names out in the order
of their keys, so the light and short ones come first without any sorting.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import BindParameter, bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from servicehall.searching import fulltext
from servicehall.searching.models import SearchDocument, SearchName, SearchPlace
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

    def row(self, key: int) -> dict[str, Any]:
        """Its row under *key*."""
        return {
            "id": key, "digest": self.digest, "text": letters(self.text),
            "others": "\n".join(map(letters, self.others)),
            "tags": " ".join(self.tags),
        }  # fmt: skip

    def tokens(self, places: Iterable[str]) -> str:
        """What the index keeps of it."""
        return document(self.text, self.others, self.tags, places, self.kind)


def first(weight: int) -> int:
    """The least key a name of *weight* can have."""
    return weight << (_SERIALS + _LENGTHS)


Held = Mapping[Name, Mapping[str, int]]


def change(session: Session, held: Held) -> dict[Name, int]:
    """Add to (or take from) the holders of names at places; the keys of names that have any.

    Names nobody holds any more are forgotten. In the caller's transaction; the same as ``rebuild``
    would make of it.
    """
    connection = session.connection()
    fulltext.alone(connection)
    keys: dict[Name, int] = {}
    for names in batches(held, BATCH):
        known = _known(connection, names)
        changes = {name: {p: n for p, n in held[name].items() if n} for name in names}
        new = {name: _positive(told) for name, told in changes.items() if name not in known}
        gone = _move(connection, {n: told for n, told in changes.items() if n in known}, known)
        keys |= {name: key for name, key in known.items() if key not in gone}
        keys |= put(connection, {name: told for name, told in new.items() if told})
    return keys


def put(connection: Connection, held: Held) -> dict[Name, int]:
    """Put new names, numbers and all: they take the next serials among those of their rank."""
    keys = insert_names(connection, held)
    rows = [(keys[name], place, number) for name in held for place, number in held[name].items()]
    fulltext.put_places(connection, rows)
    return keys


def insert_names(connection: Connection, held: Held) -> dict[Name, int]:
    """The keys of new names, now in the index without their numbers."""
    by_rank: dict[int, list[Name]] = {}
    for name in held:
        by_rank.setdefault(name.rank, []).append(name)
    keys: dict[Name, int] = {}
    for rank, names in by_rank.items():
        alike = {"low": rank, "high": rank + (1 << _SERIALS) - 1}
        last = connection.scalar(_LAST, alike) or rank
        keys |= {name: last + 1 + n for n, name in enumerate(names)}
    for names in batches(sorted(held, key=keys.__getitem__), BATCH):
        connection.execute(_NEW_NAME, [name.row(keys[name]) for name in names])
        told = [{"id": keys[name], "tokens": name.tokens(held[name])} for name in names]
        connection.execute(_NEW_TOKENS, told)
    return keys


def forget(connection: Connection, keys: Sequence[int]) -> None:
    """Take names out of the index."""
    for some in batches(keys, BATCH):
        for gone in _GONE:
            connection.execute(gone, {"keys": some})


def retell(
    connection: Connection, names: Sequence[Name], keys: Mapping[Name, int], held: Held
) -> None:
    """Write the tokens of *names* anew, whose places are no longer the same."""
    for some in batches(names, BATCH):
        told = [{"key": keys[name], "told": name.tokens(held[name])} for name in some]
        connection.execute(_TOKENS, told)


def batches(things: Iterable[T], most: int) -> Iterator[list[T]]:
    """*things*, *most* at a time."""
    rest = iter(things)
    while batch := list(islice(rest, most)):
        yield batch


def _move(connection: Connection, changes: Held, keys: Mapping[Name, int]) -> set[int]:
    """Change the numbers of names that are known; the keys of those that have none left."""
    moved = {name: told for name, told in changes.items() if told}
    if not moved:
        return set()
    places = sorted({place for told in moved.values() for place in told})
    before = _numbers(connection, [keys[name] for name in moved], places)
    rows = [
        (name, place, before.get((keys[name], place), 0), number)
        for name, told in moved.items()
        for place, number in told.items()
    ]
    mended = [(n, p, old + more) for n, p, old, more in rows if old and old + more > 0]
    added = [(n, p, more) for n, p, old, more in rows if not old and more > 0]
    ended = [(n, p) for n, p, old, more in rows if old and old + more <= 0]
    if mended:
        given = [{"key": keys[n], "at": p, "now": number} for n, p, number in mended]
        connection.execute(_NUMBER, given)
    if ended:
        connection.execute(_NO_NUMBER, [{"key": keys[n], "at": p} for n, p in ended])
    fulltext.put_places(connection, [(keys[n], p, number) for n, p, number in added])
    return _reshape(connection, {row[0] for row in added} | {row[0] for row in ended}, keys)


def _reshape(connection: Connection, names: set[Name], keys: Mapping[Name, int]) -> set[int]:
    """Their places changed: new tokens, or no name any more where no place is left."""
    if not names:
        return set()
    left: dict[int, dict[str, int]] = {}
    for key, place in connection.execute(_PLACES, {"keys": [keys[name] for name in names]}):
        left.setdefault(key, {})[place] = 1
    kept = [name for name in names if keys[name] in left]
    retell(connection, kept, keys, {name: left[keys[name]] for name in kept})
    gone = {keys[name] for name in names} - left.keys()
    forget(connection, sorted(gone))
    return gone


def _positive(told: Mapping[str, int]) -> dict[str, int]:
    return {place: number for place, number in told.items() if number > 0}


def _known(connection: Connection, names: Sequence[Name]) -> dict[Name, int]:
    by_digest = {name.digest: name for name in names}
    found = connection.execute(_BY_DIGEST, {"digests": list(by_digest)})
    return {by_digest[digest]: key for digest, key in found}


def _numbers(
    connection: Connection, keys: Sequence[int], places: Sequence[str]
) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    for some in batches(places, BATCH):
        rows = connection.execute(_NUMBERS, {"keys": keys, "places": some})
        found |= {(key, place): number for key, place, number in rows}
    return found


# Written once: putting a statement together costs more than running it.
_KEYS: BindParameter[list[int]] = bindparam("keys", expanding=True)
_ONE = (SearchPlace.name_id == bindparam("key"), SearchPlace.place == bindparam("at"))
_BY_DIGEST = select(SearchName.digest, SearchName.id).where(
    SearchName.digest.in_(bindparam("digests", expanding=True))
)
_LAST = select(func.max(SearchName.id)).where(
    SearchName.id.between(bindparam("low"), bindparam("high"))
)
_NUMBERS = select(SearchPlace.name_id, SearchPlace.place, SearchPlace.number).where(
    SearchPlace.name_id.in_(_KEYS), SearchPlace.place.in_(bindparam("places", expanding=True))
)
_PLACES = select(SearchPlace.name_id, SearchPlace.place).where(SearchPlace.name_id.in_(_KEYS))
_NUMBER = update(SearchPlace).where(*_ONE).values(number=bindparam("now"))
_NO_NUMBER = delete(SearchPlace).where(*_ONE)
_NEW_NAME, _NEW_TOKENS = insert(SearchName), insert(SearchDocument)
_TOKENS = (
    update(SearchDocument)
    .where(SearchDocument.id == bindparam("key"))
    .values(tokens=bindparam("told"))
)
_GONE = (
    delete(SearchPlace).where(SearchPlace.name_id.in_(_KEYS)),
    delete(SearchDocument).where(SearchDocument.id.in_(_KEYS)),
    delete(SearchName).where(SearchName.id.in_(_KEYS)),
)
