"""Tidying (清洗规则): one way to write a value, so that only what differs in substance differs."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final

from servicehall.sharing.elements import Element

_SEXES: Final = {
    "1": "男",
    "2": "女",
    "男性": "男",
    "女性": "女",
    "M": "男",
    "F": "女",
}  # GB/T 2261.1
_DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?", re.ASCII)


def tidy(element: Element, said: str) -> str:
    """*said* as its element is written: half-width, without blanks, dates in ISO 8601, codes upper
    case, sex in words. What no rule knows stays as it is; tidying twice changes nothing more."""
    text = unicodedata.normalize("NFKC", "".join(unicodedata.normalize("NFKC", said).split()))
    rule = _RULES.get(element.code) or _KINDS.get(element.kind)
    return rule(text) if rule else text


def _sex(text: str) -> str:
    return _SEXES.get(text.upper(), text)


def _day(text: str) -> str:
    found = _DATE.fullmatch(text)
    if not found:
        return text
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # there is no such day: for a person to see
        return text


_RULES: Final[dict[str, Callable[[str], str]]] = {
    "sex": _sex, "credit_code": str.upper, "citizen_number": str.upper,
}  # fmt: skip
_KINDS: Final[dict[str, Callable[[str], str]]] = {"date": _day}
