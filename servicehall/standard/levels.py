"""Levels (基本目录与实施清单): what an item takes over from the directory above it, and where it drifts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from servicehall.kernel.declarations import Fault, Misdeclared, json_schema, parse
from servicehall.kernel.words import N_, Words
from servicehall.standard import differences
from servicehall.standard.differences import Change
from servicehall.standard.parts import Declared, Text
from servicehall.standard.problems import Problem, problem
from servicehall.standard.schema import Item, ItemType

May = Literal["same", "any", "shorter", "fewer", "more"]
MAY: dict[May, str] = {
    "same": N_("不能改变"), "any": N_("可以改变"), "shorter": N_("只能更短、更少"),
    "fewer": N_("只能减少"), "more": N_("只能增加"),
}  # fmt: skip
LOCAL = frozenset(  # what every department says for itself
    {
        "code", "base_code", "handling", "department", "department_name", "department_name_en",
        "region", "level", "contact", "local_base_code", "local_code", "local_type",
        "legacy_codes", "national_code", "extends", "applicable", "origin", "notes", "town",
        "village", "effective_on", "ends_on",
    }
)  # fmt: skip
_DIGITS = {1: 0, 2: 2, 3: 4, 4: 6, 5: 9, 6: 12}  # of a region code that a level fills


class Entry(Declared):
    """One entry of the directory (基本目录), laid down at a ``level`` for all below its ``region``.

    ``elements`` are taken over by whatever extends it and does not say otherwise. ``may`` says in
    how far an element may differ: not at all (``same``, unless it is said), in any way, a limit
    or number only ``shorter``, a list only with ``fewer`` or with ``more`` members.
    """

    code: Annotated[str, Field(pattern=r"^\d{9}(\d{3}|00Y)$")]
    name: Text
    type: ItemType
    level: Literal[1, 2, 3, 4, 5, 6]
    region: Annotated[str, Field(pattern=r"^\d{12}$")]
    levels: tuple[Literal[1, 2, 3, 4, 5, 6, 7], ...] = Field(min_length=1)  # 行使层级
    elements: dict[str, Any] = {}
    may: dict[str, May] = {}

    def covers(self, region: str) -> bool:
        """Whether *region* lies in that of the entry."""
        return region.startswith(self.region[: _DIGITS[self.level]])


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference from the directory (差异): where, under which rule, and whether it may be."""

    change: Change
    may: May
    allowed: bool
    laid_down: int  # the level whose entry it differs from


@dataclass(frozen=True, slots=True)
class Rule:
    """What the directory lays down for one element (目录规定): value, leeway, at which level."""

    value: Any
    may: May
    level: int

    @property
    def leeway(self) -> str:
        """In how far an item may differ, in words."""
        return MAY[self.may]


class Directory:
    """The entries of all levels (基本目录); a nearer level goes before those above it."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: entry.level))

    def chain(self, item: Item) -> list[Entry]:
        """The entries that hold for *item*, from the highest level down to its own."""
        return [
            entry
            for entry in self.entries
            if entry.code == item.base_code
            and entry.covers(item.region)
            and entry.level <= item.level
        ]

    def inherited(self, item: Item) -> Item:
        """*item* with what it extends and does not say itself (继承)."""
        chain = self.chain(item) if item.extends else []
        said = item.model_fields_set
        taken = {n: v for entry in chain for n, v in _values(entry).items() if n not in said}
        return item.model_copy(update=taken) if taken else item

    def faults(self, item: Item) -> list[Problem]:
        """Where *item* does not keep to the directory; none if nowhere or if it has no entry there.

        What an entry covers extends it: nobody gets round what the level above laid down.
        """
        if not item.extends and not self.chain(item):
            return []
        if not item.extends:
            return [
                problem(
                    "directory.extends", "extends", N_("基本目录中有这个事项，要继承它的规定"),
                    N_("写上本事项的基本编码 %(code)s"), code=item.base_code,
                )
            ]  # fmt: skip
        if item.extends != item.base_code or not self.chain(item):
            return [
                problem(
                    "directory.entry", "extends", N_("基本目录中没有可以继承的 %(code)s"),
                    N_("写本事项的基本编码，不继承就留空"), code=item.extends,
                )
            ]  # fmt: skip
        return [_fault(each) for each in self.drift(item) if not each.allowed]

    def laid_down(self, base_code: str, region: str, level: int) -> dict[str, Rule]:
        """What the directory says of each element for that region and level, the nearest last."""
        found: dict[str, Rule] = {}
        may: dict[str, May] = {}
        for entry in self.entries:
            if entry.code == base_code and entry.level <= level and entry.covers(region):
                may |= entry.may
                for name, value in _values(entry).items():
                    found[name] = Rule(value, may.get(name, "same"), entry.level)
        return found

    def drift(self, item: Item) -> list[Drift]:
        """Where *item* differs from the directory, in the order of the elements (差异报告)."""
        laid: dict[str, tuple[Any, int]] = {}
        may: dict[str, May] = {}
        for entry in self.chain(item):
            laid |= {name: (value, entry.level) for name, value in _values(entry).items()}
            may |= entry.may
        levels = {level for entry in self.chain(item) for level in entry.levels}
        wanted = item.model_copy(update={name: value for name, (value, _) in laid.items()})
        exercised = [Drift(Change("level", "changed", tuple(sorted(levels)), item.level), "same",
                           False, min(entry.level for entry in self.chain(item)))
                     ] if levels and item.level not in levels else []  # fmt: skip
        return exercised + [
            Drift(change, may.get(name, "same"), _allowed(may.get(name, "same"), change, wanted, item),
                  laid[name][1])
            for change in differences.differences(wanted, item)
            for name in [change.path.split(".")[0]]
        ]  # fmt: skip

    def above(self) -> Iterator[tuple[Entry, list[Drift]]]:
        """Every entry that another one stands above, and where it differs from it."""
        for entry in self.entries:
            upper = Directory(
                [e for e in self.entries if e.code == entry.code and e.level < entry.level]
            )
            probe = _probe(entry)
            if upper.chain(probe):
                drifts = upper.drift(probe)
                yield entry, [d for d in drifts if d.change.path.split(".")[0] in entry.elements]


def read(folder: Path) -> tuple[Directory, list[Fault]]:
    """The directory in *folder*, and the faults of the files that do not hold; empty without it."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            entry = parse(path.read_bytes(), Entry, name=f"{folder.name}/{path.name}")
            faults += _faults(entry, f"{folder.name}/{path.name}")
            entries.append(entry)
        except Misdeclared as error:
            faults += error.faults
    return Directory(entries if not faults else ()), faults


def _fault(drift: Drift) -> Problem:
    return problem(
        "directory.drift", drift.change.path,
        N_("与上级基本目录的规定不一致：目录的这一项%(may)s"),
        N_("改回目录规定的内容，或者请规定它的上级修改目录"), may=Words(MAY[drift.may]),
    )  # fmt: skip


def load(folder: Path) -> Directory:
    """The directory in *folder*. Raises Misdeclared with all the faults of its files."""
    directory, faults = read(folder)
    if faults:
        raise Misdeclared(faults)
    return directory


def _faults(entry: Entry, name: str) -> list[Fault]:
    wrong = sorted((entry.elements.keys() | entry.may.keys()) & LOCAL)
    found = [Fault(name, 1, field, N_("各地自行填写的要素不能由目录规定")) for field in wrong]
    unknown = sorted(entry.may.keys() - Item.model_fields.keys())
    found += [Fault(name, 1, f"may.{field}", N_("没有这个要素")) for field in unknown]
    try:
        _probe(entry)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            found.append(Fault(name, 1, "elements." + ".".join(map(str, each["loc"])), each["msg"]))
    return found


def _probe(entry: Entry) -> Item:
    """An item that says what *entry* says and nothing else."""
    least: dict[str, Any] = {
        "code": f"{'0' * 18}{entry.level}{entry.code}", "base_code": entry.code, "name": entry.name,
        "type": entry.type.value, "department": "0", "department_name": "0",
        "region": entry.region, "objects": [], "level": entry.level,
    }  # fmt: skip
    return Item.model_validate({**least, **entry.elements}, strict=False)


def _values(entry: Entry) -> Mapping[str, Any]:
    probe = _probe(entry)
    return {"type": entry.type} | {name: getattr(probe, name) for name in entry.elements}


def _allowed(may: May, change: Change, wanted: Item, item: Item) -> bool:
    name = change.path.split(".")[0]
    if may == "any":
        return True
    if may == "shorter":
        return _amount(getattr(item, name), getattr(wanted, name))
    if may == "fewer":
        return change.kind in {"removed", "moved"}
    return may == "more" and change.kind in {"added", "moved"}


def _amount(here: Any, above: Any) -> bool:
    """Whether a limit or number is at most the one above, in the same unit."""
    if isinstance(here, int) and isinstance(above, int):
        return here <= above
    if here is None or above is None:
        return above is None
    return bool(here.unit == above.unit and here.days <= above.days)


def schema_text() -> str:
    """What items/directory/schema.json has to say."""
    return json_schema(Entry)
