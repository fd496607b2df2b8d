"""Entries (事项条目): what lists and search need of a wording, derived from it and nothing else."""

from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from servicehall.searching.indexing import Name
from servicehall.searching.tokens import OFFICE, PROSE, normal
from servicehall.standard.schema import Item
from servicehall.standard.themes import BY_KEY

MOST_PROSE = 200  # of a summary search knows this many characters


def derive(item: Item) -> dict[str, Any]:
    """The columns of ``ItemEntry`` that follow from *item*."""
    return {
        "code": item.code,
        **{name: getattr(item, name) for name in _COPIED},
        "type": item.type.value,
        "natural": "natural_person" in item.objects,
        "legal": any(kind != "natural_person" for kind in item.objects),
        "objects": _listed(item.objects),
        "themes": _listed([f"{theme.kind}-{theme.code}" for theme in item.themes]),
        "promised_days": item.promised.days if item.promised else None,
        "promised_unit": item.promised.unit if item.promised else "",
        "exempt_count": len(item.exempted),
        "origin": item.origin.name if item.origin else "",
        "aliases": "\n".join(
            dict.fromkeys(filter(None, map(normal, (item.short_name, *item.aliases, item.name_en))))
        ),
    }


_COPIED = (
    "name", "name_en", "summary", "summary_en", "department", "department_name", "region", "level",
    "instant", "applicable", "visits",
)  # fmt: skip


class Indexed(Protocol):
    """What search needs of an entry."""

    name: str
    aliases: str
    summary: str
    department: str
    department_name: str
    objects: str
    themes: str
    level: int
    applicable: bool


class Names(NamedTuple):
    """What an entry is found by: its own names, its summary if it says more, and its department."""

    name: Name
    prose: Name | None
    office: Name


def names(entry: Indexed, *, open_now: bool = True) -> Names:
    """The same for all entries that say the same: a thousand counties share one name.

    What is not *open_now* (暂停) cannot be applied for, and is found as such.
    """
    name, prose = _names(
        entry.name, entry.aliases, entry.summary[:MOST_PROSE], entry.objects, entry.themes,
        entry.level, bool(entry.applicable and open_now),
    )  # fmt: skip
    return Names(name, prose, _office(entry.department, entry.department_name))


@lru_cache(maxsize=16384)
def _names(
    name: str, aliases: str, summary: str, objects: str, themes: str, level: int, applicable: bool
) -> tuple[Name, Name | None]:
    kinds, kept = _parts(objects), _parts(themes)
    natural, legal = "natural_person" in kinds, any(kind != "natural_person" for kind in kinds)
    tags = (
        *(("k-natural",) if natural else ()),
        *(("k-legal",) if legal else ()),
        *(f"o-{kind}" for kind in kinds),
        *(f"t-{theme}" for theme in kept),
        f"l-{level}",
        f"a-{int(applicable)}",
    )
    known = [BY_KEY[key] for key in kept if key in BY_KEY]
    about = " ".join(f"{theme.name} {theme.name_en}" for theme in known)
    weight = 0 if applicable else 1
    says_more = normal(summary) not in ("", normal(name))
    return (
        Name(name, (*aliases.split("\n"), about), tags, weight),
        Name(summary, (), tags, 2 + weight, PROSE) if says_more else None,
    )


@lru_cache(maxsize=16384)
def _office(code: str, name: str) -> Name:
    return Name(name, (), (f"d-{code}",), 4, OFFICE)


@lru_cache(maxsize=4096)
def places(region: str) -> tuple[str, ...]:
    """Where an entry of *region* counts: below its county, city, province, country; and at it.

    ``b4401`` is everything at and below 440100000000, ``a4401`` that region's own.
    """
    own = significant(region)
    at = (f"a{own}",) if len(own) <= COUNTY else ()
    above = (f"b{own[:length]}" for length in LENGTHS if length <= min(len(own), COUNTY))
    return (EVERYWHERE, *above, *at)


LENGTHS = (2, 4, 6, 9, 12)  # 省 市 县 乡 村, in digits of the code
COUNTY = 6
EVERYWHERE = "b"


def significant(region: str) -> str:
    """The digits of a region's code that say something: ``4401`` of 440100000000."""
    for length in (0, *LENGTHS):
        if not int(region[length:] or 0):
            return region[:length]
    return region


def _parts(listed: str) -> list[str]:
    return [part for part in listed.split(",") if part]


def _listed(words: tuple[str, ...] | list[str]) -> str:
    return f",{','.join(words)}," if words else ""
