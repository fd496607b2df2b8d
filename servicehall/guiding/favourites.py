"""Favourites (收藏): items and bundles that a person keeps at hand, with what became of them since."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, func, select

from servicehall.catalogue import items
from servicehall.catalogue.models import ItemEntry
from servicehall.guiding.models import Favourite
from servicehall.kernel.errors import Conflict, Forbidden, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.standard.bundles import Bundle, Bundles

Kind = Literal["item", "bundle"]
MOST = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """One favourite as it is now: ``entry`` of an item, ``bundle``, or neither once it is gone.

    ``updated``: the guide has another wording than when it was kept.
    """

    row: Favourite
    entry: ItemEntry | None = None
    bundle: Bundle | None = None

    @property
    def updated(self) -> bool:
        return self.entry is not None and self.entry.current_id != self.row.revision_id


def keep(work: UnitOfWork, kind: Kind, code: str) -> None:
    """Keep an item in use or suspended, or a bundle (收藏); once is enough.

    Raises NotFound, Forbidden for who is no person, Conflict beyond ``MOST``.
    """
    person, revision = _person(work), _revision(work, kind, code)
    if code in codes(work, kind):
        return
    mine = select(func.count()).select_from(Favourite).where(Favourite.person == person)
    if (work.session.scalar(mine) or 0) >= MOST:
        raise Conflict(N_("收藏已满 %(most)s 个，请先取消不用的"), most=MOST)
    row = Favourite(
        person=person, kind=kind, code=code, revision_id=revision, saved_at=work.now()
    )  # fmt: skip
    work.session.add(row)
    work.record("favourite.kept", code, person=f"person:{person}")


def drop(work: UnitOfWork, kind: Kind, code: str) -> None:
    """Keep it no longer (取消收藏); what is not kept stays so. Raises Forbidden as above."""
    person = _person(work)
    if code in codes(work, kind):
        mine = Favourite.person == person, Favourite.kind == kind, Favourite.code == code
        work.session.execute(delete(Favourite).where(*mine))
        work.record("favourite.dropped", code, person=f"person:{person}")


def seen(work: UnitOfWork, code: str) -> None:
    """The person has read the new wording: it is no longer called updated. Raises as ``drop``."""
    person, entry = _person(work), items.entry(work, code)
    query = select(Favourite).filter_by(person=person, kind="item", code=code)
    row = work.session.scalar(query)
    if row is not None and row.revision_id != entry.current_id:
        row.revision_id = entry.current_id
        work.record("favourite.seen", code, person=f"person:{person}")


def codes(work: UnitOfWork, kind: Kind) -> frozenset[str]:
    """What the actor keeps of this kind; nothing for who is no person."""
    mine = Favourite.person == work.actor.person, Favourite.kind == kind
    found = work.session.scalars(select(Favourite.code).where(*mine)) if work.actor.person else ()
    return frozenset(found)


def mine(work: UnitOfWork) -> Sequence[Kept]:
    """The actor's favourites, the newest first. Raises Forbidden for who is no person."""
    query = select(Favourite).where(Favourite.person == _person(work))
    rows = work.session.scalars(query.order_by(Favourite.id.desc())).all()
    wanted = [row.code for row in rows if row.kind == "item"]
    found = work.session.scalars(select(ItemEntry).where(ItemEntry.code.in_(wanted)))
    entries, bundles = {entry.code: entry for entry in found}, work.use(Bundles)
    return [
        Kept(row, entries.get(row.code))
        if row.kind == "item"
        else Kept(row, None, bundles.get(row.code))
        for row in rows
    ]


def _person(work: UnitOfWork) -> str:
    if not work.actor.person:
        raise Forbidden(N_("收藏是个人的，请以个人身份登录"))
    return work.actor.person


def _revision(work: UnitOfWork, kind: Kind, code: str) -> int | None:
    if kind == "item":
        return items.entry(work, code).current_id
    if code not in work.use(Bundles):
        raise NotFound(N_("没有这个一件事"))
    return None
