"""Ruled (秒批完整性): what rules granted was granted by the hall, once, with every rule met."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from servicehall.automating.models import InstantDecision
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.work import SYSTEM, UnitOfWork


def breaches(work: UnitOfWork) -> Iterator[str]:
    """Everything about decisions by rule that is not as it must be."""
    query = select(AuditEntry.subject, AuditEntry.detail).filter_by(act="case.ruled")
    told: dict[str, dict[str, Any]] = dict(work.session.execute(query).all())
    for row in work.session.scalars(select(InstantDecision).execution_options(yield_per=500)):
        case, said = row.case, told.pop(row.case.key, None)
        if said is None or said.get("granted") is not row.granted:
            yield f"case {case.key}: what the rules said is not on record"
        if not row.granted:
            continue
        if case.decided_by != SYSTEM.id:
            yield f"case {case.key} was granted by rule, and decided by {case.decided_by}"
        if not row.verdicts or any(one["outcome"] != "met" for one in row.verdicts):
            yield f"case {case.key} was granted by rule, and not every rule was met"
    yield from (f"case {key}: the rules were asked, and their answer is gone" for key in told)
