"""Offering (一件事受理前告知): what is chosen, how long it takes, and which data are asked for what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from servicehall.catalogue import items
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.standard import bundles
from servicehall.standard.bundles import Bundle, Leg, Member
from servicehall.standard.schema import Item, Question, Section


@dataclass(frozen=True, slots=True)
class Asked:
    """One dataset that is asked: the fields of all items together, and what each wants them for."""

    dataset: str
    fields: tuple[str, ...]
    purposes: tuple[tuple[Item, str, str], ...]
    agent: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody is about to begin: the items taken and left, the longest way, the data."""

    taken: Sequence[tuple[Member, Item]]
    left: Sequence[tuple[Member, Item]]
    way: Sequence[Leg]
    asked: Sequence[Asked]

    @property
    def days(self) -> int:
        """The working days of the whole."""
        return sum(leg.days for leg in self.way)


def choice(bundle: Bundle) -> Section | None:
    """The questions that choose the items: the bundle's own, and one for each that is offered."""
    ticks = tuple(
        Question(
            code=f"item_{number}", kind="yes_no", label=member.when or member.item,
            label_en=member.when_en,
        )
        for number, member in enumerate(bundle.members) if not member.needed and not member.rule
    )  # fmt: skip
    asked = bundle.questions + ticks
    if not asked:
        return None
    return Section(code="choice", title=N_("您的情况"), title_en="Your situation", questions=asked)


def said_of(bundle: Bundle, said: Mapping[str, str]) -> dict[str, str]:
    """*said* with what was ticked under the item's own code, as ``bundles.chosen`` reads it."""
    ticked = {m.item: said.get(f"item_{n}", "") for n, m in enumerate(bundle.members)}
    own = {q.code: said.get(q.code, "") for q in bundle.questions}
    return own | {code: words for code, words in ticked.items() if words}


def offer(work: UnitOfWork, bundle: Bundle, said: Mapping[str, str]) -> Offer:
    """What *said* calls for. Raises NotFound where an item is gone."""
    wordings = {m.item: items.entry(work, m.item).current.item for m in bundle.members}
    taken = bundles.chosen(bundle, said_of(bundle, said))
    pairs = [(member, wordings[member.item]) for member in taken]
    left = [(m, wordings[m.item]) for m in bundle.members if m not in taken]
    way = bundles.critical(bundle, wordings, taken) if taken else []
    return Offer(pairs, left, way or [], _asked([item for _, item in pairs]))


def _asked(taken: Sequence[Item]) -> list[Asked]:
    found: dict[tuple[str, str], list[tuple[Item, str, str]]] = {}
    fields: dict[tuple[str, str], dict[str, None]] = {}
    for item in taken:
        for need in item.needs:
            key = need.dataset, need.subject
            found.setdefault(key, []).append((item, need.purpose, need.purpose_en))
            fields.setdefault(key, {}).update(dict.fromkeys(need.fields))
    return [
        Asked(dataset, tuple(fields[dataset, subject]), tuple(told), subject == "agent")
        for (dataset, subject), told in found.items()
    ]
