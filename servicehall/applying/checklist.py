"""The personal checklist (个人清单): before starting, what is already held and what is still to bring."""

from dataclasses import dataclass
from typing import Literal

from servicehall.aggregating import gathered
from servicehall.identity import directory
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library
from servicehall.sharing.datasets import DATASETS
from servicehall.standard.schema import Item, Material

Standing = Literal["registry", "held", "ask", "promise", "bring", "optional", "maybe"]


@dataclass(frozen=True, slots=True)
class Line:
    """One material and how it will be supplied; ``source`` names the registry or the license.

    registry: will be fetched with consent · held: a license in the library · ask: a license that
    may be shared from elsewhere · promise: 告知承诺 · bring: to be uploaded · optional · maybe: it
    depends on answers that nobody has given yet.
    """

    material: Material
    standing: Standing
    source: str


def lines(work: UnitOfWork, item: Item) -> list[Line]:
    """The checklist of *item* for the actor; nothing is asked of a registry yet (no consent)."""
    chosen = {code for situation in item.situations for code in situation.materials}
    return [_line(work, one, bool(one.when) or one.code in chosen) for one in item.materials]


def _line(work: UnitOfWork, material: Material, depends: bool) -> Line:
    exempt = material.exempt
    if exempt is None and depends:
        return Line(material, "maybe", "")
    if exempt is None:
        standing: Standing = "optional" if material.needed == "optional" else "bring"
        return Line(material, standing, "")
    if exempt.by == "registry":
        return Line(material, "registry", DATASETS[exempt.name].library)
    if exempt.by == "promise":
        return Line(material, "promise", exempt.name)
    if not (work.actor.person or work.actor.organization):
        return Line(material, "ask", exempt.name)
    _, code, _ = directory.holder(work, work.actor.party)
    held = library.held(work, code, exempt.name) or gathered.held(work, code, exempt.name)
    return Line(material, "held" if held else "ask", exempt.name)
