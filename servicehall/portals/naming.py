"""Naming (名称): what things are called in the language the visitor reads; English names of cases.

A wording never changes once it is published: each web process reads its English name once.
"""

from functools import lru_cache
from typing import Any, Protocol

from flask import Flask, current_app
from flask_babel import get_locale

from servicehall.catalogue import items
from servicehall.portals.guard import work

_REMEMBERED = 4096  # wordings, some 60 bytes each


class OfAnItem(Protocol):
    """What is about one wording of an item, such as a case."""

    revision_id: int


def register(app: Flask) -> None:
    """Let every template ask ``named(thing)`` and ``case|english_name``."""
    app.extensions["english_names"] = lru_cache(maxsize=_REMEMBERED)(_read)
    app.jinja_env.globals["named"] = named
    app.jinja_env.filters["english_name"] = english_name


def english() -> bool:
    """Whether the visitor reads English."""
    locale = get_locale()
    return locale is not None and locale.language == "en"


def named(thing: Any) -> str:
    """The name of *thing* in the visitor's language, Chinese where there is no other."""
    return str((thing.name_en if english() else "") or thing.name)


def english_name(case: OfAnItem) -> str:
    """What the item of *case* is called in English; "" for who reads Chinese, or where it has no
    English name: then the case's own Chinese name is to be shown."""
    return str(current_app.extensions["english_names"](case.revision_id)) if english() else ""


def _read(revision: int) -> str:
    return str(items.revision(work, revision).body.get("name_en", ""))
