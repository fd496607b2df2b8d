"""Pinyin (拼音): the readings of characters without tones, read once from pypinyin's own table.

Only the table of single characters is read (a few hundred kB once folded): importing the library
also loads its phrases, 59 MB in every web process. The characters with two living readings that
names use are listed here instead, and match by either.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path

FIRST, LAST = 0x4E00, 0x9FFF
MANY = frozenset("行长重乐会调参给系传差弹都度还藏朝强降解单曾仇折盛识属宿提校车")
MOST_WAYS = 16  # of reading the words asked for
LATIN = re.compile(r"[a-z]+")
Readings = tuple[str, ...]


@lru_cache(maxsize=1)
def _table() -> tuple[Readings, ...]:
    """For every character of the base block its one reading, or two where both are alive."""
    found = find_spec("pypinyin")
    if found is None or found.origin is None:
        raise RuntimeError("pypinyin is not installed")
    told = json.loads(Path(found.origin).with_name("pinyin_dict.json").read_text("utf8"))
    kept: dict[Readings, Readings] = {}
    rows: list[Readings] = [()] * (LAST - FIRST + 1)
    for code, readings in told.items():
        if FIRST <= (point := int(code)) <= LAST:
            plain = tuple(dict.fromkeys(filter(None, map(_toneless, readings.split(",")))))
            cut = plain[: 2 if chr(point) in MANY else 1]
            rows[point - FIRST] = kept.setdefault(cut, cut)
    return tuple(rows)


def _toneless(reading: str) -> str:
    """``lǜ`` → ``lv``: as people type it."""
    apart = unicodedata.normalize("NFD", reading.replace("ê", "e")).replace("u\u0308", "v")
    return "".join(letter for letter in apart if "a" <= letter <= "z")


def readings(character: str) -> Readings:
    """How *character* is read, most common first; nothing where it is no Chinese character."""
    point = ord(character) - FIRST
    return _table()[point] if 0 <= point <= LAST - FIRST else ()


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    return frozenset(reading for row in _table() for reading in row if reading)


def syllables(text: str) -> tuple[str, ...]:
    """*text* (small Latin letters) cut into the fewest syllables, or () where it cannot be."""
    best: list[tuple[str, ...] | None] = [(), *([None] * len(text))]
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - 6), end):
            before = best[start]
            if before is None or text[start:end] not in _syllables():
                continue
            known = best[end]
            if known is None or len(before) + 1 < len(known):
                best[end] = (*before, text[start:end])
    return best[-1] or ()


def typed(words: Sequence[str]) -> tuple[str, ...]:
    """The syllables somebody typed as *words* (``shi pin``, ``shipin``), () where they are none."""
    if not words or not all(LATIN.fullmatch(word) for word in words):
        return ()
    cut = [syllables(word) for word in words]
    return tuple(one for each in cut for one in each) if all(cut) else ()


def sought(wanted: Sequence[Readings]) -> Callable[[str], int]:
    """Where in a text characters are read as *wanted*, each in one of these ways; -1 for nowhere."""
    spelt = ["|".join(("", *each, "")) for each in islice(product(*wanted), MOST_WAYS)]
    rare = _rare(wanted, whole=True)

    def place(text: str) -> int:
        told = _read(text)
        ats = [at for each in spelt if (at := told.find(each)) >= 0]
        found = told.count("|", 0, min(ats)) if ats else -1
        if found == 0 or rare.isdisjoint(text):
            return found
        return _slowly([readings(character) for character in text], wanted)

    return place


def sought_by_initials(wanted: str) -> Callable[[str], int]:
    """Where in a text characters begin with the letters *wanted* one after another; or -1."""
    rare = _rare([(letter,) for letter in wanted], whole=False)

    def place(text: str) -> int:
        found = _begun(text).find(wanted)
        if found == 0 or rare.isdisjoint(text):
            return found
        known = [tuple(reading[0] for reading in readings(character)) for character in text]
        return _slowly(known, [(letter,) for letter in wanted])

    return place


def _rare(wanted: Sequence[Readings], *, whole: bool) -> frozenset[str]:
    """The characters that only by their second reading can be what is *wanted* somewhere."""
    others = _second(whole)
    return frozenset(
        character
        for each in wanted
        for one in each
        for character, first in others.get(one, ())
        if first not in each
    )


@lru_cache(maxsize=2)
def _second(whole: bool) -> dict[str, list[tuple[str, str]]]:
    """(character, its first reading) by the second reading; or by the letters these begin with."""
    found: dict[str, list[tuple[str, str]]] = {}
    for character in sorted(MANY):
        first, *others = readings(character)
        for other in others:
            key, known = (other, first) if whole else (other[0], first[0])
            found.setdefault(key, []).append((character, known))
    return found


def _slowly(known: Sequence[Readings], wanted: Sequence[Readings]) -> int:
    """With every reading of every character, not only the first."""
    starts = list(range(len(known) - len(wanted) + 1))
    for k, each in enumerate(wanted):
        starts = [s for s in starts if any(one in known[s + k] for one in each)]
    return starts[0] if starts else -1


class _Spelling(dict[int, str]):
    """What ``str.translate`` writes for a character: its first reading, worked out once."""

    def __init__(self, write: Callable[[Readings], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, code: int) -> str:
        written = self[code] = self._write(readings(chr(code)))
        return written


@lru_cache(maxsize=16384)
def _read(text: str) -> str:
    return text.translate(_spelt) + "|"


@lru_cache(maxsize=16384)
def _begun(text: str) -> str:
    return text.translate(_initial)


_spelt = _Spelling(lambda read: f"|{read[0] if read else '?'}")
_initial = _Spelling(lambda read: read[0][0] if read else "?")
