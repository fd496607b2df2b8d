"""The trail (审计查阅): the auditor reads the record page by page."""

from collections.abc import Sequence

from sqlalchemy import select

from servicehall.identity import policy
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.work import UnitOfWork

PAGE = 50


def entries(
    work: UnitOfWork, *, before: int = 0, act: str = "", subject: str = ""
) -> Sequence[AuditEntry]:
    """A page of the record, newest first, before entry number *before* (0: the end)."""
    policy.require(work.actor, "oversight.audit")
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE)
    if before:
        query = query.where(AuditEntry.id < before)
    if act:
        query = query.where(AuditEntry.act == act)
    if subject:
        query = query.where(AuditEntry.subject == subject)
    return work.session.scalars(query).all()
