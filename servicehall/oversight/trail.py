"""The trail (审计查阅): the auditor reads the record page by page."""

from collections.abc import Sequence

from sqlalchemy import select

from servicehall.cases.models import Case
from servicehall.evidence import dossier
from servicehall.identity import policy
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
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


def evidence(work: UnitOfWork, number: str) -> bytes:
    """The evidence file of the case with this number. Raises Invalid, and as dossier does."""
    policy.require(work.actor, "oversight.audit")
    matter = work.session.scalar(select(Case.key).where(Case.number == number.upper()))
    if matter is None:
        raise Invalid(N_("没有这个编号的办件，请核对办件编号"), field="number")
    return dossier.of_matter(work, matter)
