"""Usage (谁看过我的数据): every act that concerned a party, newest first, in the AJ shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from servicehall.identity import directory
from servicehall.identity.models import Department
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork

READS = {
    "registry.asked": N_("查询共享数据"),
    "case.viewed": N_("查看办件"),
    "case.material_viewed": N_("查看申请材料"),
    "license.viewed": N_("查看电子证照"),
    "license.verified": N_("核验电子证照"),
    "person.unmasked": N_("查看完整号码"),
    "dispute.viewed": N_("查看异议"),
}


@dataclass(frozen=True, slots=True)
class Usage:
    """One look at somebody's data: when, who, why; ``number`` and ``hash`` prove it on the chain."""

    at: datetime
    act: str
    department: str
    who: str
    reason: str
    number: int
    hash: str


def find(work: UnitOfWork, *, most: int = 100) -> list[Usage]:
    """Who looked at the actor's party's data (个人信息保护法 第45条)."""
    rows = work.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.person == work.actor.party, AuditEntry.act.in_(READS))
        .order_by(AuditEntry.id.desc())
        .limit(most)
    ).all()
    names = _departments(work)
    return [_usage(work, row, names) for row in rows]


def one(work: UnitOfWork, number: int) -> Usage:
    """The look with this number on the record, at the actor's party's data. Raises NotFound."""
    row = work.session.get(AuditEntry, number)
    if row is None or row.person != work.actor.party or row.act not in READS:
        raise NotFound
    return _usage(work, row, _departments(work))


def _usage(work: UnitOfWork, row: AuditEntry, names: dict[str, str]) -> Usage:
    mine = row.actor == work.actor.id
    return Usage(
        at=row.at,
        act=READS[row.act],
        department=names.get(row.department, ""),
        who="" if mine else directory.staff_name(work, row.actor),
        reason=str(row.detail.get("purpose") or row.detail.get("reason") or ""),
        number=row.id,
        hash=row.hash,
    )


def _departments(work: UnitOfWork) -> dict[str, str]:
    rows: Sequence[tuple[str, str]] = work.session.execute(
        select(Department.code, Department.name)
    ).all()
    return dict(rows)
