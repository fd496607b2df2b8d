"""Bundles (一件事): what people live through, as the items of several departments and their order."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from servicehall.kernel.declarations import Fault, Misdeclared, read_folder
from servicehall.kernel.words import N_
from servicehall.standard.parts import Basis, Declared, Text
from servicehall.standard.schema import Item

UNKNOWN = N_("一件事里的事项不存在，或者不能在线办理")
CIRCLE = N_("一件事的先后次序走不通")


class Member(Declared):
    """One item of a bundle; ``after`` names the items whose results it needs first."""

    item: Text  # 实施编码
    needed: bool = True  # 必办; otherwise only where the situation calls for it
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


def faults(bundles: Mapping[str, Bundle], items: Mapping[str, Item]) -> Iterator[str]:
    """One line for each member that is no item to apply for, and for each order without an end."""
    known = {item.code for item in items.values() if item.applicable}
    for name, bundle in bundles.items():
        for member in bundle.members:
            if member.item not in known:
                yield f"bundles/{name}.yaml: {UNKNOWN}: {member.item}"
        try:
            bundle.stages()
        except ValueError as error:
            yield f"bundles/{name}.yaml: {CIRCLE}: {error}"


def days(bundle: Bundle, items: Mapping[str, Item]) -> int | None:
    """The promise of the whole in working days: the longest way through its needed members.

    None where a member promises nothing, or in days of another kind.
    """
    ends: dict[str, int] = {}
    for stage in bundle.stages():
        for member in stage:
            promised = items[member.item].promised
            if promised is None or (promised.days and promised.unit != "working_day"):
                return None
            begins = max((ends[code] for code in member.after), default=0)
            ends[member.item] = begins + (promised.days if member.needed else 0)
    return max(ends.values())
