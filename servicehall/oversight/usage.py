"""Usage (谁看过我的数据): every look at a party's data, newest first (个人信息保护法 第45条)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from servicehall.identity import directory
from servicehall.identity.models import Department
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import SYSTEM, UnitOfWork

PAGE = 50
READS = {
    "registry.asked": N_("查询共享数据"),
    "registry.refused": N_("没有共享授权，没有查询"),
    "case.listed": N_("在清单中看到办件"),
    "case.viewed": N_("查看办件"),
    "case.material_viewed": N_("查看申请材料"),
    "case.denied": N_("试图查看办件，被拒绝"),
    "license.viewed": N_("查看电子证照"),
    "license.verified": N_("核验电子证照"),
    "person.unmasked": N_("查看完整号码"),
    "dispute.viewed": N_("查看异议"),
}


@dataclass(frozen=True, slots=True)
class Usage:
    """One look at somebody's data: when, who, why; ``number`` and ``hash`` prove it on the chain.

    ``department`` (its name) and ``code`` are those of who received the data: on the party's own
    application the department that handles the item. ``own``: the party itself was acting;
    ``automatic``: nobody was, the hall checked by itself.
    """

    at: datetime
    act: str
    department: str
    code: str
    who: str
    reason: str
    number: int
    hash: str
    own: bool
    automatic: bool
    refused: bool


@dataclass(frozen=True, slots=True)
class Period:
    """Looks from *start* on and before *end*, either of them open."""

    start: datetime | None = None
    end: datetime | None = None


def find(
    work: UnitOfWork, *, most: int = 100, skip: int = 0, period: Period | None = None
) -> list[Usage]:
    """Up to *most* looks at the actor's party's data, newest first, the first *skip* left out."""
    rows = work.session.scalars(
        select(AuditEntry)
        .where(*_of_party(work, period or Period()))
        .order_by(AuditEntry.id.desc())
        .offset(skip)
        .limit(most)
    ).all()
    names, staff = _departments(work), directory.staff_names(work, {row.actor for row in rows})
    return [_usage(work, row, names, staff) for row in rows]


def count(work: UnitOfWork, *, period: Period | None = None) -> int:
    """How many looks there are in all."""
    query = select(func.count()).select_from(AuditEntry)
    return work.session.scalar(query.where(*_of_party(work, period or Period()))) or 0


def one(work: UnitOfWork, number: int) -> Usage:
    """The look with this number on the record, at the actor's party's data. Raises NotFound."""
    row = work.session.get(AuditEntry, number)
    if row is None or row.person != work.actor.party or row.act not in READS:
        raise NotFound
    return _usage(work, row, _departments(work), directory.staff_names(work, {row.actor}))


def began(work: UnitOfWork) -> datetime:
    """Since when looks are on record: the first entry of the chain, or now."""
    first = select(AuditEntry.at).order_by(AuditEntry.id).limit(1)
    return work.session.scalar(first) or work.now()


def _of_party(work: UnitOfWork, period: Period) -> list[ColumnElement[bool]]:
    found = [AuditEntry.person == work.actor.party, AuditEntry.act.in_(READS)]
    if period.start:
        found.append(AuditEntry.at >= period.start)
    if period.end:
        found.append(AuditEntry.at < period.end)
    return found


def _usage(
    work: UnitOfWork, row: AuditEntry, names: dict[str, str], staff: dict[str, str]
) -> Usage:
    own, automatic = row.actor == work.actor.id, row.actor == SYSTEM.id
    code = row.department or str(row.detail.get("item", ""))[:18]  # an item names its department
    return Usage(
        at=row.at, act=READS[row.act], department=names.get(code, ""), code=code,
        who="" if own or automatic else staff.get(row.actor, ""),
        reason=str(row.detail.get("purpose") or row.detail.get("reason") or ""),
        number=row.id, hash=row.hash, own=own, automatic=automatic,
        refused=row.act in ("case.denied", "registry.refused"),
    )  # fmt: skip


def _departments(work: UnitOfWork) -> dict[str, str]:
    rows: Sequence[tuple[str, str]] = work.session.execute(
        select(Department.code, Department.name)
    ).all()
    return dict(rows)
