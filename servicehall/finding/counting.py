"""Counting (筛选计数): how many items each filter would leave, from the numbers kept by name.

Exact while at most ``MOST_NAMES`` distinct names are found, and without words however many there
are; beyond that the numbers are those of the best names and ``more`` is true ("400+"). A filter
does not narrow its own numbers: who chose one theme sees what the others hold.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, or_, select

from servicehall.catalogue.entries import COUNTY, significant
from servicehall.catalogue.models import ItemEntry
from servicehall.finding.asking import Asked, holders
from servicehall.finding.sought import WINDOW, Sought
from servicehall.kernel.work import UnitOfWork
from servicehall.searching import indexing, matching
from servicehall.searching.models import SearchName, SearchPlace

MOST_NAMES, MOST_ROWS, MOST_OFFICES = 400, 1000, 12
PREFIX = {"kind": "k-", "object": "o-", "theme": "t-", "level": "l-", "applicable": "a-"}


@dataclass(frozen=True, slots=True)
class Counts:
    """``by`` filter: how many items each of its values has; ``departments``: (code, name, number).

    ``more``: there are more than these. Regions are those asked for, the others whatever is found.
    """

    total: int
    more: bool
    by: Mapping[str, Mapping[str, int]]
    regions: Mapping[str, int]
    departments: Sequence[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class _Tally:
    """Names of the same tags: how many items they have together."""

    tags: frozenset[str]
    number: int
    key: int = 0


def total(sought: Sought) -> int:
    """How many items are found (a lower bound beyond ``MOST_NAMES`` names)."""
    tallies, _ = _tallies(sought)
    wanted = set(sought.asked.tags.values())
    return sum(tally.number for tally in tallies if wanted <= tally.tags)


def counts(sought: Sought, regions: Sequence[str] = ()) -> Counts:
    """How many items each filter would leave; of *regions* how many each holds (12 digits)."""
    tallies, more = _tallies(sought)
    tags = sought.asked.tags
    by: dict[str, Counter[str]] = {}
    for name, prefix in PREFIX.items():
        others = {tag for other, tag in tags.items() if other != name}
        by[name] = Counter()
        for tally in tallies:
            if others <= tally.tags:
                for tag in tally.tags:
                    if tag.startswith(prefix):
                        by[name][tag[2:]] += tally.number
    kept = [tally for tally in tallies if set(tags.values()) <= tally.tags]
    keys = [tally.key for tally in kept if tally.key]
    found = _departments(sought, keys)
    return Counts(sum(t.number for t in kept), more, by, _regions(sought, keys, regions), found)


def _tallies(sought: Sought) -> tuple[list[_Tally], bool]:
    """What is found whatever the tags, and whether there is more of it."""
    asked, way = sought.asked, sought.way
    if not way.wanted and asked.is_wide and not sought.offices.codes:
        return _everything(sought.work, asked), False
    wide = Sought(sought.work, Asked(region=asked.region), way, sought.offices)
    most = MOST_NAMES if way.is_whole else 2 * WINDOW
    found = wide.names(most=most + 1)
    names = [row for row in found[:most] if way.rank(row.text, row.others) is not None]
    keys = [row.id for row in names]
    if asked.is_wide and not sought.offices.codes:
        numbers = matching.numbers(sought.work.session, keys, asked.places)
    else:
        numbers = Counter(row[-1] for row in _rows(wide, keys))
    tallies = [_Tally(frozenset(r.tags.split()), numbers.get(r.id, 0), r.id) for r in names]
    return tallies, len(found) > most or sum(numbers.values()) >= MOST_ROWS > len(keys) > 0


def _everything(work: UnitOfWork, asked: Asked) -> list[_Tally]:
    """All names of entries at the places asked for, added up by their tags in the database."""
    query = (
        select(SearchName.tags, func.sum(SearchPlace.number))
        .join(SearchPlace, SearchPlace.name_id == SearchName.id)
        .where(SearchPlace.place.in_(asked.places), SearchName.id < indexing.first(2))
        .group_by(SearchName.tags)
    )
    return [_Tally(frozenset(tags.split()), n) for tags, n in work.session.execute(query)]


def _rows(sought: Sought, keys: Sequence[int]) -> Sequence[tuple[str, str, str, int]]:
    """(region, department, its name, name's key) of the entries that hold the names *keys*."""
    whole = holders(sought.way, sought.offices)
    columns = ("region", "department", "department_name", whole.name)
    narrow = matching.Holders(
        whole.table, whole.name, whole.place, columns, whole.conditions, whole.index
    )
    return matching.rows(
        sought.work.session, narrow, keys, sought.asked.spans, most=MOST_ROWS,
        values=sought.offices.values,
    )  # fmt: skip


def _departments(sought: Sought, keys: Sequence[int]) -> list[tuple[str, str, int]]:
    """Those of the first ``MOST_ROWS`` entries, the most frequent first."""
    if not keys:
        return []
    seen = Counter((code, name) for _, code, name, _ in _rows(sought, keys))
    return [(code, name, number) for (code, name), number in seen.most_common(MOST_OFFICES)]


def _regions(sought: Sought, keys: Sequence[int], regions: Sequence[str]) -> dict[str, int]:
    """How many each of *regions* holds itself and below."""
    parts = {significant(region): region for region in regions}
    if not parts:
        return {}
    if sought.asked.is_wide and max(map(len, parts)) <= COUNTY and not sought.offices.codes:
        return _regions_of_all(sought, keys, parts)
    seen: Counter[str] = Counter()
    for region, *_ in _rows(sought, keys):
        for part, code in parts.items():
            seen[code] += region.startswith(part)
    return {code: number for code, number in seen.items() if number}


def _regions_of_all(
    sought: Sought, keys: Sequence[int], parts: Mapping[str, str]
) -> dict[str, int]:
    places = {f"b{part}": code for part, code in parts.items()}
    session = sought.work.session
    if keys:
        found = matching.numbers_by_place(session, keys, list(places))
    else:
        wanted = [SearchName.tags.contains(tag) for tag in sought.asked.tags.values()]
        query = (
            select(SearchPlace.place, func.sum(SearchPlace.number))
            .join(SearchName, SearchPlace.name_id == SearchName.id)
            .where(SearchPlace.place.in_(places), SearchName.id < indexing.first(2), *wanted)
            .group_by(SearchPlace.place)
        )
        found = dict(session.execute(query).all())
    return {places[place]: number for place, number in found.items()}


@dataclass(frozen=True, slots=True)
class DepartmentCount:
    """A department that has items: credit code, name, all of its items, and the applicable."""

    code: str
    name: str
    items: int
    applicable: int


def departments(work: UnitOfWork, *, region: str = "") -> Sequence[DepartmentCount]:
    """Every department that has items for *region*; whose items can be applied for come first."""
    spans = Asked(region=region or None).spans
    here = or_(*(ItemEntry.region.between(span.low, span.high) for span in spans))
    open_now = ItemEntry.applicable & (ItemEntry.state == "in_use")
    number = func.sum(case((open_now, 1), else_=0))
    query = (
        select(ItemEntry.department, func.max(ItemEntry.department_name), func.count(), number)
        .where(ItemEntry.state != "cancelled", here)
        .group_by(ItemEntry.department)
    )
    rows = [DepartmentCount(*row) for row in work.session.execute(query)]
    return sorted(rows, key=lambda row: (not row.applicable, -row.items, row.code))


def department(work: UnitOfWork, code: str) -> str:
    """The name of the department with this credit code, "" where none has items."""
    query = select(ItemEntry.department_name).where(
        ItemEntry.department == code, ItemEntry.state != "cancelled"
    )
    return work.session.scalar(query.limit(1)) or ""
