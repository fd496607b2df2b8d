"""Items (事项): one by its code, its wording in force, or a wording of the past."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from servicehall.catalogue.models import ItemEntry, ItemRevision
from servicehall.kernel.errors import Conflict, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork


def current(work: UnitOfWork, code: str) -> ItemRevision:
    """The wording in force (现行版本), also of a suspended item. Raises NotFound."""
    return entry(work, code).current


def entry(work: UnitOfWork, code: str) -> ItemEntry:
    """The entry of an item with its wording in force. Raises NotFound, also once cancelled."""
    query = select(ItemEntry).filter_by(code=code).options(joinedload(ItemEntry.current))
    found = work.session.scalar(query)
    if found is None or found.state == "cancelled":
        if reason := found and found.notice.get("reason"):
            raise NotFound(N_("这个事项已经取消：%(reason)s"), reason=reason)
        raise NotFound(N_("没有这个事项，它可能已经取消"))
    return found


def known(work: UnitOfWork, code: str) -> ItemEntry:
    """The entry of an item in whatever state. Raises NotFound only where there never was one."""
    found = work.session.scalar(select(ItemEntry).filter_by(code=code))
    if found is None:
        raise NotFound(N_("没有这个事项，它可能已经取消"))
    return found


def open_entry(work: UnitOfWork, code: str) -> ItemEntry:
    """The entry of an item that takes new cases. Raises NotFound, Conflict while suspended."""
    found = entry(work, code)
    if found.state == "suspended":
        told = found.notice
        if told.get("ends_on"):
            raise Conflict(
                N_("这个事项暂停办理到 %(day)s：%(reason)s"),
                day=told["ends_on"], reason=told["reason"],
            )  # fmt: skip
        raise Conflict(N_("这个事项暂停办理：%(reason)s"), reason=told.get("reason", ""))
    return found


def applicable(work: UnitOfWork) -> Sequence[ItemEntry]:
    """The items in use that can be applied for here, with their wordings, by code."""
    query = select(ItemEntry).where(ItemEntry.applicable, ItemEntry.state == "in_use")
    ordered = query.order_by(ItemEntry.code).options(joinedload(ItemEntry.current))
    return work.session.scalars(ordered).all()


def revision(work: UnitOfWork, key: int) -> ItemRevision:
    """A wording by its key, in force or not (a case keeps the one it began under)."""
    found = work.session.get(ItemRevision, key)
    if found is None:
        raise NotFound(N_("没有这个事项版本"))
    return found
