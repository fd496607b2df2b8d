"""Together (一件事办事指南): a bundle as its items say it now: the way, the papers once, the days."""

from collections.abc import Sequence
from dataclasses import dataclass

from servicehall.catalogue import items
from servicehall.catalogue.models import ItemEntry
from servicehall.kernel.errors import NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.standard import bundles
from servicehall.standard.bundles import Bundle, Bundles, Member
from servicehall.standard.schema import Item, Material


@dataclass(frozen=True, slots=True)
class Stop:
    """One item on the way through a bundle."""

    member: Member
    entry: ItemEntry

    @property
    def item(self) -> Item:
        """The wording in force."""
        return self.entry.current.item


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the bundle, named once however many of its items ask for it."""

    material: Material
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A bundle in full: stages one after another, papers once; ``days`` are working days."""

    bundle: Bundle
    stages: Sequence[Sequence[Stop]]
    papers: Sequence[Paper]
    days: int | None

    @property
    def spared(self) -> Sequence[Paper]:
        """The papers that nobody hands in (免提交)."""
        return [p for p in self.papers if p.material.exempt]

    @property
    def brought(self) -> Sequence[Paper]:
        """The papers that only the applicant has."""
        return [p for p in self.papers if not p.material.exempt]

    @property
    def asked_before(self) -> int:
        """How many papers the items would ask for one by one."""
        return sum(len(p.items) for p in self.papers)


def every(work: UnitOfWork) -> list[Bundle]:
    """The declared bundles, in the order of their files."""
    return list(work.use(Bundles).values())


def whole(work: UnitOfWork, slug: str) -> Whole:
    """The bundle *slug* with its items in force. Raises NotFound for it or for one of them."""
    bundle = work.use(Bundles).get(slug)
    if bundle is None:
        raise NotFound(N_("没有这个一件事"))
    stages = [
        [Stop(member, items.entry(work, member.item)) for member in stage]
        for stage in bundle.stages()
    ]
    stops = [stop for stage in stages for stop in stage]
    days = bundles.days(bundle, {stop.member.item: stop.item for stop in stops})
    return Whole(bundle, stages, _papers(stops), days)


def _papers(stops: Sequence[Stop]) -> list[Paper]:
    """What bears the same name is one paper; it is brought if one item wants it brought."""
    asked: dict[str, list[tuple[Material, str]]] = {}
    for stop in stops:
        for material in stop.item.materials:
            asked.setdefault(material.name, []).append((material, stop.entry.name))
    return [
        Paper(min((one for one, _ in each), key=_is_spared), tuple(name for _, name in each))
        for each in asked.values()
    ]


def _is_spared(material: Material) -> bool:
    return material.exempt is not None
