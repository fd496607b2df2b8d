"""Asking (检索条件): the filters of a search, as the index and the entries understand them."""

import base64
import binascii
import json
import re
import zlib
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from servicehall.catalogue.entries import COUNTY, LENGTHS, significant
from servicehall.finding.ways import Way
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.searching.matching import Holders, Span
from servicehall.searching.tokens import PLACE, TAG
from servicehall.searching.tokens import Any as OneOf

Kind = Literal["natural", "legal"]
OBJECTS = (
    "natural_person", "enterprise", "institution", "social_organization", "unincorporated",
    "government", "other",
)  # fmt: skip
LEVELS = (1, 2, 3, 4, 5, 6, 7)
MOST_OFFICES = 20
COLUMNS = (
    "id", "code", "name", "name_en", "department", "department_name", "region", "level", "type",
    "themes", "objects", "instant", "applicable", "promised_days", "promised_unit", "visits",
    "exempt_count", "origin", "state", "notice",
)  # fmt: skip
_THEME = re.compile(r"(natural|legal)-\d{3}")


@dataclass(frozen=True)
class Asked:
    """What is asked for besides words; of a region also what its upper levels do themselves.

    *region* is a code of 12 digits, *theme* a key such as ``natural-030``, *department* a credit
    code. Raises Invalid, naming the field, for what cannot be.
    """

    region: str | None = None
    kind: Kind | None = None
    object: str | None = None
    theme: str | None = None
    department: str | None = None
    applicable: bool | None = None
    level: int | None = None

    def __post_init__(self) -> None:
        if self.region and not re.fullmatch(r"\d{12}", self.region, re.ASCII):
            raise Invalid(N_("行政区划应为 12 位数字"), field="region")
        if self.object and self.object not in OBJECTS:
            raise Invalid(N_("没有这种服务对象"), field="object")
        if self.theme and not _THEME.fullmatch(self.theme):
            raise Invalid(N_("没有这个主题"), field="theme")
        if self.level is not None and self.level not in LEVELS:
            raise Invalid(N_("没有这个行使层级"), field="level")

    @cached_property
    def tags(self) -> dict[str, str]:
        """The tags a name must have, by filter."""
        found = {
            "kind": f"k-{self.kind}" if self.kind else "",
            "object": f"o-{self.object}" if self.object else "",
            "theme": f"t-{self.theme}" if self.theme else "",
            "level": f"l-{self.level}" if self.level else "",
            "applicable": "" if self.applicable is None else f"a-{int(self.applicable)}",
        }
        return {name: tag for name, tag in found.items() if tag}

    @property
    def places(self) -> tuple[str, ...]:
        """Where a name must be held: in the region (to its county), or at what is above it."""
        return _places(self.region or "")

    @cached_property
    def groups(self) -> list[OneOf]:
        """What the filters ask of the tokens of a name."""
        found: list[OneOf] = [[[TAG + tag]] for tag in self.tags.values()]
        if self.region and int(self.region):
            county = f"a{significant(self.region)[:COUNTY]}"  # what it holds itself is in it
            found.append([[PLACE + place] for place in self.places if place != county])
        return found

    @property
    def spans(self) -> tuple[Span, ...]:
        """The regions of the entries: the region and what is in it, then what is above it."""
        return _spans(self.region or "")

    @property
    def is_wide(self) -> bool:
        """Whether the numbers kept for each place answer it (down to the county)."""
        return not self.department and len(significant(self.region or "")) <= COUNTY


@lru_cache(maxsize=4096)  # a province asks for the same regions all day
def _places(region: str) -> tuple[str, ...]:
    own = significant(region)
    above = [own[:length] for length in (0, *LENGTHS) if length < min(len(own), COUNTY + 1)]
    return (f"b{own[:COUNTY]}", *(f"a{part}" for part in reversed(above)))


@lru_cache(maxsize=4096)
def _spans(region: str) -> tuple[Span, ...]:
    own = significant(region)
    above = [own[:length] for length in reversed((0, *LENGTHS)) if length < len(own)]
    alone = (Span(part.ljust(12, "0"), part.ljust(12, "0")) for part in above)
    return (Span(own.ljust(12, "0"), own.ljust(12, "9")), *alone)


@dataclass(frozen=True)
class Offices:
    """Entries of these departments only (credit codes)."""

    codes: tuple[str, ...] = ()

    @cached_property
    def conditions(self) -> tuple[str, ...]:
        if not self.codes:
            return ()
        if len(self.codes) == 1:
            return ("x.department = :office0",)
        listed = ", ".join(f":office{n}" for n in range(MOST_OFFICES))
        return (f"x.department IN ({listed})",)

    @cached_property
    def values(self) -> dict[str, str]:
        if not self.codes:
            return {}
        filled = self.codes[:MOST_OFFICES]
        if len(filled) > 1:
            filled = (*filled, *[filled[-1]] * (MOST_OFFICES - len(filled)))
        return {f"office{n}": code for n, code in enumerate(filled)}


def holders(way: Way, offices: Offices) -> Holders:
    """The entries that hold the names a *way* finds."""
    name = "prose_id" if way.prose else "name_id"
    index = "" if offices.codes else f"ix_item_entry_{name}_region"
    return Holders("item_entry", name, "region", (*COLUMNS, name), offices.conditions, index)


class Cursor(NamedTuple):
    """Where the next page begins: after this row, found in this way."""

    way: str
    windowed: bool
    rank: int
    name: int
    span: int
    region: str
    id: int


def mark(asked: Asked, query: str) -> int:
    """A number that tells one search from another."""
    told = [query, *(getattr(asked, field.name) for field in fields(asked))]
    return zlib.crc32(json.dumps(told).encode())


def sealed(cursor: Cursor, of: int) -> str:
    """*cursor* as a word for addresses; it holds nothing but keys of public rows."""
    told = json.dumps([of, *cursor], separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def opened(text: str, of: int) -> Cursor:
    """The cursor in *text*. Raises Invalid (field ``after``) where it is none of this search."""
    try:
        told: list[Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        found = Cursor(*told[1:])
        kinds = (str, bool, int, int, int, str, int)
        good = told[0] == of and [type(value) for value in found] == list(kinds)
        good = good and all(-1 <= n < 2**62 for n in (found.rank, found.name, found.span, found.id))
    except (ValueError, TypeError, KeyError, IndexError, binascii.Error, RecursionError):
        good = False
    if not good:
        raise Invalid(N_("翻页位置无效，请从第一页重新开始"), field="after")
    return found
