"""Usage (谁看过我的数据): every look at a party's data, newest first (个人信息保护法 第45条)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from servicehall.identity import clients, directory, mandates
from servicehall.identity.models import Department
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.transparency import evidence
from servicehall.transparency.evidence import Inclusion

PAGE = 50
READS = {
    "registry.asked": N_("查询共享数据"),
    "registry.refused": N_("没有共享授权，没有查询"),
    "case.listed": N_("在清单中看到办件"),
    "case.viewed": N_("查看办件"),
    "evidence.exported": N_("下载查询证据"),
    "case.material_viewed": N_("查看申请材料"),
    "case.document_viewed": N_("查看文书"),
    "rating.viewed": N_("查看评价"),
    "case.denied": N_("试图查看办件，被拒绝"),
    "license.viewed": N_("查看电子证照"),
    "license.denied": N_("试图查看电子证照，被拒绝"),
    "license.verified": N_("核验电子证照"),
    "license.inquired": N_("部门系统查询是否持证"),
    "license.consent_asked": N_("部门请求查看电子证照"),
    "license.lent": N_("向部门系统提供电子证照"),
    "license.refused": N_("试图查询电子证照，被拒绝"),
    "license.reported": N_("证照目录上报国家平台"),
    "person.unmasked": N_("查看完整号码"),
    "person.identified": N_("窗口核验身份"),
    "case.reported": N_("上报国家政务服务平台"),
    "person.exported": N_("取回全部数据"),
    "dispute.viewed": N_("查看异议"),
    "usage.asked": N_("查询谁看过数据"),
    "usage.denied": N_("试图查询谁看过数据，被拒绝"),
    "license.review_viewed": N_("复查电子证照"),
}


@dataclass(frozen=True, slots=True)
class Usage:
    """One look at somebody's data: when, who, why; ``number`` and ``hash`` name it in the log.

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
    names, known = _departments(work), _known(work, {row.actor for row in rows})
    return [_usage(work, row, names, known) for row in rows]


def count(work: UnitOfWork, *, period: Period | None = None) -> int:
    """How many looks there are in all."""
    query = select(func.count()).select_from(AuditEntry)
    return work.session.scalar(query.where(*_of_party(work, period or Period()))) or 0


def one(work: UnitOfWork, number: int) -> Usage:
    """The look with this number on the record, at the actor's party's data. Raises NotFound."""
    row = _own(work, number)
    return _usage(work, row, _departments(work), _known(work, {row.actor}))


def proof(work: UnitOfWork, number: int) -> Inclusion:
    """The proof that this look stands in the public log. Another citizen stays unnamed in it.

    Raises NotFound as ``one`` does.
    """
    row = _own(work, number)
    named = bool(row.department) or row.actor in {
        work.actor.id,
        SYSTEM.id,
        *_known(work, {row.actor}),
    }
    return evidence.inclusion(work, row, named=named)


def began(work: UnitOfWork) -> datetime:
    """Since when looks are on record: the first entry of the record, or now."""
    first = select(AuditEntry.at).order_by(AuditEntry.id).limit(1)
    return work.session.scalar(first) or work.now()


def _own(work: UnitOfWork, number: int) -> AuditEntry:
    row = work.session.get(AuditEntry, number)
    if row is None or row.person != work.actor.party or row.act not in READS:
        raise NotFound
    return row


def _known(work: UnitOfWork, keys: set[str]) -> dict[str, str]:
    """The names of those who may be named: staff, systems, and agents of the organization."""
    agents = mandates.agents(work, work.actor.organization) if work.actor.organization else {}
    return agents | directory.staff_names(work, keys) | clients.names(work, keys)


def _of_party(work: UnitOfWork, period: Period) -> list[ColumnElement[bool]]:
    found = [AuditEntry.person == work.actor.party, AuditEntry.act.in_(READS)]
    if period.start:
        found.append(AuditEntry.at >= period.start)
    if period.end:
        found.append(AuditEntry.at < period.end)
    return found


def _usage(
    work: UnitOfWork, row: AuditEntry, names: dict[str, str], known: dict[str, str]
) -> Usage:
    own, automatic = row.actor == work.actor.id, row.actor == SYSTEM.id
    code = row.department or str(row.detail.get("item", ""))[:18]  # an item names its department
    return Usage(
        at=row.at, act=READS[row.act], department=names.get(code, ""), code=code,
        who="" if own or automatic else known.get(row.actor, ""),
        reason=str(row.detail.get("purpose") or row.detail.get("reason") or ""),
        number=row.id, hash=row.hash, own=own, automatic=automatic,
        refused=row.act.endswith((".denied", ".refused")),
    )  # fmt: skip


def _departments(work: UnitOfWork) -> dict[str, str]:
    rows: Sequence[tuple[str, str]] = work.session.execute(
        select(Department.code, Department.name)
    ).all()
    return dict(rows)
