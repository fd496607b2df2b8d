"""Offering (可选事项): the items by which the worklist can be narrowed, read once for each edition.

Whole wordings have to be read to know who reviews: thousands of them are not read for every page.
"""

from dataclasses import dataclass

from flask import current_app

from servicehall.catalogue import edition, items
from servicehall.identity import directory
from servicehall.portals.guard import work


@dataclass(frozen=True, slots=True)
class Offered:
    """An item that can be applied for, and the departments that take part in it."""

    code: str
    name: str
    name_en: str
    departments: frozenset[str]


def here() -> list[Offered]:
    """The items whose cases may lie at the desk of who looks: their department's own, and those it
    reviews; all of them at the one window."""
    mine = work.actor.department
    everything = directory.department(work, mine).one_window
    return [one for one in _every() if everything or mine in one.departments]


def _every() -> tuple[Offered, ...]:
    kept: dict[int, tuple[Offered, ...]] = current_app.extensions.setdefault("offered", {})
    number = edition.number(work)
    if (held := kept.get(number)) is None:
        held = tuple(
            Offered(
                entry.code, entry.name, entry.name_en,
                frozenset({entry.department, *(s.department for s in entry.current.item.steps)}),
            )
            for entry in items.applicable(work)
        )  # fmt: skip
        kept.clear()
        kept[number] = held
    return held
