"""Indexing (建索引): names with their tags, and how many hold them where, kept or built anew.

A key is weight, length and a running number in one integer: databases give names out in the order
of their keys, so the light and short ones come first without any sorting.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import delete, func, insert, outerjoin, select, update
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
    fulltext.alone(session.connection())
    keys: dict[Name, int] = {}
    for names in _batches(held, BATCH):
        known = _known(session, names)
        numbers = _numbers(session, known.values())
        keys |= _put(session, {name: held[name] for name in names}, known, numbers)
    return keys


def rebuild(session: Session, held: Held) -> tuple[dict[Name, int], int]:
    """Bring the index to what *held* says and nothing else: the keys, and how much was mended."""
    connection = session.connection()
    fulltext.alone(connection)
    sound = fulltext.is_sound(connection)
    named = select(SearchName.id)
    orphans = connection.execute(delete(SearchDocument).where(SearchDocument.id.not_in(named)))
    known, stale, gone = _compared(session, held)
    new = [name for name in held if name not in known]
    _forget(session, gone)
    for names in _batches(stale, BATCH):
        rows = [{"id": known[n], "tokens": n.tokens(held[n])} for n in names]
        session.execute(update(SearchDocument), rows)
    known |= _insert(session, {name: held[name] for name in new})
    wrong = _replace_places(session, {known[name]: dict(held[name]) for name in held})
    if not sound:
        fulltext.refill(connection)
    if mended := orphans.rowcount + len(gone) + len(stale) + len(new) + wrong + (not sound):
        fulltext.settle(connection)
    return known, mended


def compare(session: Session, held: Held) -> tuple[dict[Name, int], list[str]]:
    """The keys, and what the index says otherwise than *held*, a line a kind; changes nothing.

    On SQLite the last of it takes the lock of those who write, until the transaction ends.
    """
    known, stale, gone = _compared(session, held)
    numbers = {known[name]: dict(held[name]) for name in held if name in known}
    wrong, missing = _places_compared(session, numbers)
    named = select(SearchName.id)
    orphans = select(func.count()).where(SearchDocument.id.not_in(named))
    kinds: dict[str, Sequence[object]] = {
        "names that are missing": [name.text for name in held if name not in known],
        "names nobody holds": gone,
        "names with other tokens": [name.text for name in stale],
        "numbers at places that are wrong": wrong,
        "numbers at places that are missing": [f"{key} {place}" for key, place, _ in missing],
    }
    told = [f"{len(many)} {kind}, such as {many[0]}" for kind, many in kinds.items() if many]
    if number := session.scalar(orphans):
        told.append(f"{number} lists of tokens without a name")
    if not fulltext.is_sound(session.connection()):
        told.append("the full text is not that of the tokens kept")
    return known, told


def _put(
    session: Session, held: Held, known: dict[Name, int], numbers: dict[int, Counter[str]]
) -> dict[Name, int]:
    """Apply the changes of one batch; *numbers* are those before it."""
    after: dict[Name, Counter[str]] = {}
    for name, changes in held.items():
        after[name] = Counter(numbers.get(known.get(name, -1), {}))
        after[name].update(changes)
        after[name] = +after[name]  # only what is held at all
    gone = [known.pop(name) for name in list(known) if not after[name]]
    _forget(session, gone)
    stale = [n for n in known if after[n].keys() != numbers.get(known[n], {}).keys()]
    if stale:
        rows = [{"id": known[n], "tokens": n.tokens(after[n])} for n in stale]
        session.execute(update(SearchDocument), rows)
    keys = known | _insert(session, {n: a for n, a in after.items() if a and n not in known})
    _write_places(session, {keys[n]: after[n] for n in keys}, numbers)
    return keys


def _known(session: Session, names: Sequence[Name]) -> dict[Name, int]:
    by_digest = {name.digest: name for name in names}
    query = select(SearchName.digest, SearchName.id).where(SearchName.digest.in_(by_digest))
    return {by_digest[digest]: key for digest, key in session.execute(query)}


def _numbers(session: Session, keys: Iterable[int]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    table = SearchPlace
    query = select(table.name_id, table.place, table.number).where(table.name_id.in_(list(keys)))
    for key, place, number in session.execute(query):
        found.setdefault(key, Counter())[place] = number
    return found


def _insert(session: Session, held: Held) -> dict[Name, int]:
    """New names take the next running numbers among those of their weight and length."""
    if not held:
        return {}
    by_rank: dict[int, list[Name]] = {}
    for name in held:
        by_rank.setdefault(name.rank, []).append(name)
    keys: dict[Name, int] = {}
    for rank, names in by_rank.items():
        alike = SearchName.id.between(rank, rank + (1 << _SERIALS) - 1)
        last = session.scalar(select(func.max(SearchName.id)).where(alike)) or rank
        keys |= {name: last + 1 + n for n, name in enumerate(names)}
    for names in _batches(sorted(held, key=keys.__getitem__), BATCH):
        session.execute(insert(SearchName), [name.row(keys[name]) for name in names])
        told = [{"id": keys[name], "tokens": name.tokens(held[name])} for name in names]
        session.execute(insert(SearchDocument), told)
    return keys


def _forget(session: Session, keys: Sequence[int]) -> None:
    for some in _batches(keys, BATCH):
        session.execute(delete(SearchPlace).where(SearchPlace.name_id.in_(some)))
        session.execute(delete(SearchDocument).where(SearchDocument.id.in_(some)))
        session.execute(delete(SearchName).where(SearchName.id.in_(some)))


def _write_places(
    session: Session, after: Mapping[int, Counter[str]], before: Mapping[int, Counter[str]]
) -> None:
    """Only the rows that differ."""
    table = SearchPlace
    rows = []
    for key, places in after.items():
        old = before.get(key, Counter())
        gone = [place for place in old if place not in places]
        if gone:
            session.execute(delete(table).where(table.name_id == key, table.place.in_(gone)))
        for place, number in places.items():
            if place not in old:
                rows.append((key, place, number))
            elif old[place] != number:
                mine = (table.name_id == key, table.place == place)
                session.execute(update(table).where(*mine).values(number=number))
    fulltext.put_places(session.connection(), rows)


def _compared(session: Session, held: Held) -> tuple[dict[Name, int], list[Name], list[int]]:
    """The names that are there, those of them whose tokens are wrong, and the keys nobody holds."""
    by_digest = {name.digest: name for name in held}
    known: dict[Name, int] = {}
    stale, gone = [], []
    told = outerjoin(SearchName, SearchDocument, SearchName.id == SearchDocument.id)
    query = select(SearchName.id, SearchName.digest, SearchDocument.tokens).select_from(told)
    for row in session.execute(query.execution_options(yield_per=BATCH)):
        key, digest = row[0], row[1]
        tokens: str | None = row[2]
        name = by_digest.get(digest)
        if name is None:
            gone.append(key)
            continue
        if tokens is None:
            gone.append(key)  # and new
            continue
        known[name] = key
        if set(tokens.split()) != set(name.tokens(held[name]).split()):
            stale.append(name)
    return known, stale, gone


def _places_compared(
    session: Session, wanted: dict[int, dict[str, int]]
) -> tuple[list[int], list[tuple[int, str, int]]]:
    """The rows of numbers that are wrong or too many, and (name, place, number) of the missing."""
    table, wrong = SearchPlace, []
    query = select(table.id, table.name_id, table.place, table.number)
    for key, name, place, number in session.execute(query.execution_options(yield_per=5000)):
        if wanted.get(name, {}).get(place) == number:
            del wanted[name][place]
        else:
            wrong.append(key)
    return wrong, [(name, p, n) for name, places in wanted.items() for p, n in places.items()]


def _replace_places(session: Session, wanted: dict[int, dict[str, int]]) -> int:
    """Mend the numbers; how many were wrong, missing or too many."""
    wrong, missing = _places_compared(session, wanted)
    for some in _batches(wrong, BATCH):
        session.execute(delete(SearchPlace).where(SearchPlace.id.in_(some)))
    fulltext.put_places(session.connection(), missing)
    return max(len(wrong), len(missing))


def _batches(things: Iterable[T], most: int) -> Iterator[list[T]]:
    rest = iter(things)
    while batch := list(islice(rest, most)):
        yield batch
