"""Pinyin (拼音): the readings of characters without tones, read once from pypinyin's own table.

Only the table of single characters is read (a few hundred kB once folded): importing the library
also loads its phrases, 59 MB in every web process. The characters with two living readings that
names use are listed here instead, and match by either.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

FIRST, LAST = 0x4E00, 0x9FFF
MANY = frozenset("行长重乐会调参给系传差弹都度还藏朝强降解单曾仇折盛识属宿提校车")
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


def place_of(text: str, wanted: Sequence[str]) -> int:
    """Where the syllables *wanted* are read in *text*, -1 where they are not."""
    known = [readings(character) for character in text]
    last = len(known) - len(wanted)
    for start in range(last + 1):
        if all(one in known[start + k] for k, one in enumerate(wanted)):
            return start
    return -1


def place_of_initials(text: str, wanted: str) -> int:
    """Where characters of *text* begin with the letters *wanted* one after another, or -1."""
    known = [{reading[0] for reading in readings(c) if reading} for c in text]
    for start in range(len(known) - len(wanted) + 1):
        if all(letter in known[start + k] for k, letter in enumerate(wanted)):
            return start
    return -1
