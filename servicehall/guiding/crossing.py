"""Crossing (跨省通办、通办专区): items that can be done where one is, whoever is in charge (国办发〔2020〕35号)."""

from collections.abc import Sequence

from servicehall.catalogue import items
from servicehall.catalogue.models import ItemEntry
from servicehall.kernel.work import UnitOfWork

SCOPES = ("nation", "province", "city")  # within one county nobody crosses anything
MODES = ("online", "proxy", "joint")  # 全程网办, 异地代收代办, 多地联办


def zone(work: UnitOfWork, *, mode: str = "") -> list[tuple[str, Sequence[ItemEntry]]]:
    """(scope, items) by the widest scope of each item, of one *mode* only where it is given.

    The elements are read as they stand in the wording: nothing else of it is needed.
    """
    every = [entry for entry in items.applicable(work) if widest(entry)]
    kept = [entry for entry in every if not mode or mode_of(entry) == mode]
    return [(scope, [one for one in kept if widest(one) == scope]) for scope in SCOPES]


def widest(entry: ItemEntry) -> str:
    """The widest scope in which the item can be done, "" for none."""
    said = entry.current.body.get("crossing", ())
    return next((scope for scope in SCOPES if scope in said), "")


def mode_of(entry: ItemEntry) -> str:
    """How it is done elsewhere, "" where the wording does not say."""
    return str(entry.current.body.get("crossing_mode", ""))
