"""Bundles (一件事): what people live through, as the items of several departments and their order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from servicehall.kernel.declarations import Fault, Misdeclared, read_folder
from servicehall.kernel.words import N_
from servicehall.standard import conditions, merging
from servicehall.standard.conditions import Known, Standing
from servicehall.standard.parts import Basis, Declared, Text
from servicehall.standard.schema import Item, Question

UNKNOWN = N_("一件事里的事项不存在，或者不能在线办理")
CIRCLE = N_("一件事的先后次序走不通")
RULE = N_("选择事项的规则不能识别，或者用了没有问过的问题")
UNLIKE = N_("同一个填报项在几个事项里的问法不同")
PARTIES = N_("一件事里的事项不能由同一个申请人办")


class Member(Declared):
    """One item of a bundle; ``after`` names the items whose results it needs first.

    ``rule`` says which answers to the bundle's own questions call for it (standard.conditions);
    an item that is not needed and has no rule is offered, and taken by ticking it.
    """

    item: Text  # 实施编码
    needed: bool = True  # 必办; otherwise only where the situation calls for it
    rule: str = ""
    when: str = ""  # in words: who needs it
    when_en: str = ""
    after: tuple[Text, ...] = ()


class Bundle(Declared):
    """One thing at once (一件事一次办, 国办发〔2022〕32号)."""

    slug: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    name: Text
    name_en: Text
    summary: Text
    summary_en: Text
    aliases: tuple[Text, ...] = ()
    lead: Text  # credit code of the department that answers for the whole
    lead_name: Text
    bases: tuple[Basis, ...] = Field(min_length=1)
    questions: tuple[Question, ...] = ()  # which items this person needs
    members: tuple[Member, ...] = Field(min_length=2)

    def stages(self) -> list[tuple[Member, ...]]:
        """The members in the order of the way; what stands in one stage is done side by side.

        Raises ValueError where the order runs in a circle or names an item outside the bundle.
        """
        left, done, found = list(self.members), set[str](), list[tuple[Member, ...]]()
        while left:
            ready = tuple(m for m in left if set(m.after) <= done)
            if not ready:
                raise ValueError(", ".join(m.item for m in left))
            found.append(ready)
            done |= {m.item for m in ready}
            left = [m for m in left if m not in ready]
        return found


class Bundles(dict[str, Bundle]):
    """Every declared bundle by its slug (一件事目录), plugged in by wiring."""


def read(folder: Path) -> dict[str, Bundle]:
    """Every bundle of *folder* by its slug, which is also its file's name. Raises Misdeclared."""
    bundles = read_folder(folder, Bundle)
    faults = [
        Fault(f"{name}.yaml", 1, "slug", N_("应与文件名相同"))
        for name, bundle in bundles.items()
        if bundle.slug != name
    ]
    if faults:
        raise Misdeclared(faults)
    return bundles


def chosen(bundle: Bundle, said: Mapping[str, Any]) -> tuple[Member, ...]:
    """The members that *said* calls for: needed ones, those whose rule holds, those ticked.

    *said* are answers by question code, and ``yes`` by item code for what was ticked.
    """
    known = Known(
        {q.code: v for q in bundle.questions if (v := said.get(q.code)) not in (None, "")}
    )

    def is_called_for(member: Member) -> bool:
        if member.needed:
            return True
        if not member.rule:
            return said.get(member.item) == "yes"
        return conditions.standing(member.rule, known) is Standing.VISIBLE

    return tuple(member for member in bundle.members if is_called_for(member))


def faults(bundles: Mapping[str, Bundle], items: Mapping[str, Item]) -> Iterator[str]:
    """One line for each member that is no item to apply for, each order without an end, each rule
    that cannot be read, and each question that its items word differently."""
    known = {item.code: item for item in items.values() if item.applicable}
    for name, bundle in bundles.items():
        where = f"bundles/{name}.yaml"
        for member in bundle.members:
            if member.item not in known:
                yield f"{where}: {UNKNOWN}: {member.item}"
        try:
            bundle.stages()
        except ValueError as error:
            yield f"{where}: {CIRCLE}: {error}"
        yield from (f"{where}: {RULE}: {told}" for told in _misruled(bundle))
        members = [known[m.item] for m in bundle.members if m.item in known]
        yield from (f"{where}: {UNLIKE}: {told}" for told in merging.conflicts(members))
        if members and len({item.for_organizations for item in members}) > 1:
            yield f"{where}: {PARTIES}"


def _misruled(bundle: Bundle) -> Iterator[str]:
    asked = {question.code for question in bundle.questions}
    for member in bundle.members:
        try:
            named, facts = (
                conditions.names(member.rule) if member.rule else (frozenset(), frozenset())
            )
        except ValueError as error:
            yield f"{member.item}: {error}"
            continue
        if named - asked or facts:
            yield f"{member.item}: {', '.join(sorted((named - asked) | facts))}"


def days(bundle: Bundle, items: Mapping[str, Item]) -> int | None:
    """The promise of the whole in working days: the longest way through its needed members.

    None where a member promises nothing, or in days of another kind.
    """
    way = critical(bundle, items, [member for member in bundle.members if member.needed])
    return None if way is None else sum(step.days for step in way)


@dataclass(frozen=True, slots=True)
class Leg:
    """One item of the longest way (关键路径) and the working days it promises."""

    item: Item
    days: int


def critical(
    bundle: Bundle, items: Mapping[str, Item], taken: Sequence[Member]
) -> list[Leg] | None:
    """The longest way through the *taken* members, in order: it decides how long the whole takes.

    None where one of them promises nothing, or in days of another kind.
    """
    codes, ways = {member.item for member in taken}, dict[str, list[Leg]]()
    for stage in bundle.stages():
        for member in stage:
            item = items[member.item]
            if member.item in codes and not _in_working_days(item):
                return None
            before = [ways[code] for code in member.after]
            way = max(before, key=_length, default=[])
            own = item.promised.days if item.promised else 0
            ways[member.item] = [*way, Leg(item, own)] if member.item in codes else way
    return max(ways.values(), key=_length)


def _in_working_days(item: Item) -> bool:
    promised = item.promised
    return promised is not None and (promised.days == 0 or promised.unit == "working_day")


def _length(way: Sequence[Leg]) -> int:
    return sum(leg.days for leg in way)
