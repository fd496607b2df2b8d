"""Canonical JSON (规范化 JSON): RFC 8785, written in C wherever C writes the same bytes."""

from typing import Any

import orjson
import rfc8785

_ONE_FORM = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_WHOLE = 2**53 - 1


def canonical(told: dict[str, Any]) -> bytes:
    """*told* in the one form of RFC 8785. Raises ValueError for what has none: half a character, a
    number that is none or that JavaScript would round."""
    return plain(told) if _is_plain(told) else rfc8785.dumps(told)


def plain(told: dict[str, Any]) -> bytes:
    """The same for texts, whole numbers below 2^53, truth values, nothing, and lists and objects of
    these under ASCII names. The caller answers for that: looking would take longer than writing.

    Fractions are written otherwise, and names beyond ASCII may be sorted otherwise. Raises
    ValueError for half a character and for larger numbers.
    """
    try:
        return orjson.dumps(told, option=_ONE_FORM)
    except TypeError as error:  # orjson's own kind
        raise ValueError(str(error)) from None


def _is_plain(told: Any) -> bool:
    kind = type(told)
    if kind is str or told is None or kind is bool:
        return True
    if kind is int:
        return bool(-_WHOLE <= told <= _WHOLE)
    if kind is dict:
        for name, value in told.items():
            if type(name) is not str or not name.isascii():
                return False
            if type(value) is not str and not _is_plain(value):
                return False
        return True
    if kind is list or kind is tuple:
        return all(map(_is_plain, told))
    return False
