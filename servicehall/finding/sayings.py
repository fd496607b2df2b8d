"""Sayings (百姓话): what people say and what the item list calls it, from ``synonyms.yaml``."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, product
from pathlib import Path

from pydantic import Field

from servicehall.kernel import declarations
from servicehall.searching import pinyin
from servicehall.searching.tokens import letters
from servicehall.standard.parts import Declared, Text

MOST_READINGS = 8  # of one saying
FILE = Path(__file__).with_name("synonyms.yaml")


class Saying(Declared):
    """Words people say for one thing, and parts of names it is found under."""

    says: tuple[Text, ...] = Field(min_length=1)
    means: tuple[Text, ...] = Field(min_length=1)


class Sayings(Declared):
    """``idle`` words ask for nothing (我想, 怎么办理); ``rows`` translate the others."""

    idle: tuple[Text, ...]
    rows: tuple[Saying, ...]


@lru_cache(maxsize=1)
def known() -> dict[str, tuple[str, ...]]:
    """What each saying means, by its key; the longest sayings first. Raises Misdeclared."""
    found: dict[str, dict[str, None]] = {}
    for row in _read().rows:
        for says in map(letters, row.says):
            found.setdefault(says, {}).update(dict.fromkeys(map(letters, row.means)))
    longest = sorted(found, key=lambda says: (-len(says), says))
    return {says: tuple(found[says]) for says in longest}


@lru_cache(maxsize=1)
def _idle() -> tuple[str, ...]:
    return tuple(sorted(map(letters, _read().idle), key=len, reverse=True))


def _read() -> Sayings:
    return declarations.parse(FILE.read_bytes(), Sayings, name=FILE.name)


def plain(key: str) -> str:
    """*key* without the words that ask for nothing; "" where nothing else is said."""
    for idle in _idle():
        key = key.replace(idle, " ")
    return " ".join(key.split())


def meant(key: str) -> Sequence[str]:
    """What the whole of *key* means as a saying; nothing where it is none."""
    return known().get(key.replace(" ", ""), ())


def spelt(letters_typed: str) -> Sequence[str]:
    """What the saying means that is read so, or whose characters begin so (kaifandian, kfd).

    First letters of two characters say too little.
    """
    return _spelt().get(letters_typed, ())


def near(key: str, most: int = 5) -> Sequence[str]:
    """Sayings that share two characters with *key* at least, those that share the most first."""
    wanted = set(key.replace(" ", ""))
    shared = [(len(wanted.intersection(says)), says) for says in known()]
    best = sorted(shared, key=lambda pair: (-pair[0], len(pair[1]), pair[1]))
    return [says for number, says in best[:most] if number > 1]


def inside(key: str) -> Sequence[str]:
    """What the longest saying inside *key* means, also with other words between its characters.

    So 开一家小饭店 holds 开饭店: its first and last characters are near, and all are in order.
    """
    flat = key.replace(" ", "")
    near = [pair for first in dict.fromkeys(flat) for pair in _by_first().get(first, ())]
    for says, means in sorted(near, key=lambda pair: -len(pair[0])):
        if says in flat or (len(says) > 2 and _in_order(says, flat, len(says) + 4)):
            return means
    return ()


@lru_cache(maxsize=1)
def _by_first() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for says, means in known().items():
        found.setdefault(says[0], []).append((says, means))
    return found


@lru_cache(maxsize=1)
def _spelt() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for says, means in known().items():
        for read in islice(product(*(pinyin.readings(c) or (c,) for c in says)), MOST_READINGS):
            for key in {"".join(read), *(["".join(r[0] for r in read)] if len(read) > 2 else [])}:
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), *means)))
    return found


def _in_order(wanted: str, text: str, most: int) -> bool:
    """Whether the characters of *wanted* follow one another in *most* characters of *text*."""
    start = text.find(wanted[0])
    while start >= 0:
        place = start
        for character in wanted[1:]:
            place = text.find(character, place + 1, start + most)
            if place < 0:
                break
        else:
            return True
        start = text.find(wanted[0], start + 1)
    return False
