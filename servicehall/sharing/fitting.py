"""Fitting (匹配数据元): which element a described column is, and how sure that is."""

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from servicehall.sharing.elements import ELEMENTS, Element
from servicehall.sharing.sheetform import Column

PROPOSED: Final = 50  # below it nothing is proposed: a person chooses
SURE: Final = 85
_OTHER_KIND, _TOO_LONG, _OTHER_VALUES, _SAME_VALUES = 40, 10, 15, 10


@dataclass(frozen=True, slots=True)
class Fit:
    """An element and how well it fits, in percent."""

    element: str
    confidence: int


def fits(column: Column, most: int = 3) -> list[Fit]:
    """The elements that fit *column* best, the best first; [] where none is proposed.

    By name and synonym, then type, length and value set: what has another type or does not have
    room for the values fits less.
    """
    found = [Fit(code, confidence(column, one)) for code, one in ELEMENTS.items()]
    fitting = [one for one in found if one.confidence >= PROPOSED]
    return sorted(fitting, key=lambda one: -one.confidence)[:most]


def confidence(column: Column, element: Element) -> int:
    """How well *element* fits, 0 to 100."""
    score = _named(column, element)
    if column.kind != element.kind:
        score -= _OTHER_KIND
    if column.length > element.length:
        score -= _TOO_LONG
    if column.values and element.values:
        same = set(column.values) == set(element.values)
        score += _SAME_VALUES if same else -_OTHER_VALUES
    return max(0, min(100, score))


def _named(column: Column, element: Element) -> int:
    """By what it is called: the same name, a name that holds or resembles one."""
    names = {_plain(name) for name in (element.name, element.code, *element.synonyms)}
    said = _plain(column.name)
    if not said:
        return 0
    if said in names or _plain(column.code) in names:
        return 100
    held = [name for name in names if len(name) > 1 and (name in said or said in name)]
    like = max(SequenceMatcher(None, said, name).ratio() for name in names)
    return max([70 + min(15, 3 * len(name)) for name in held] + [round(80 * like)])


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum())
