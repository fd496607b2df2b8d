"""Tallying (证照统计): how many licenses of each type there are, and how often they were asked for."""

from collections import Counter
from typing import Any

from sqlalchemy import func, select

from servicehall.aggregating.models import GatheredLicense
from servicehall.identity import policy
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses.models import License, State
from servicehall.licenses.schema import LicenseTypes


def by_type(work: UnitOfWork) -> list[dict[str, Any]]:
    """For each type: issued here by state, gathered by trust, asked for by the actor's department."""
    policy.require(work.actor, "license.inquire")
    issued = _counted(work, License.type, License.state)
    others = _counted(work, GatheredLicense.type, GatheredLicense.trust)
    asked = _asked(work)
    return [
        {
            "certTypeCode": kind.code, "certName": kind.name,
            "issued": {s.value: issued[slug, s] for s in State if s is not State.INTENT},
            "gathered": {trust: n for (held, trust), n in others.items() if held == slug},
            "askedByYou": asked[slug],
        }
        for slug, kind in sorted(work.use(LicenseTypes).items(), key=lambda pair: pair[1].code)
    ]  # fmt: skip


def _counted(work: UnitOfWork, kind: Any, by: Any) -> Counter[tuple[str, Any]]:
    rows = work.session.execute(select(kind, by, func.count()).group_by(kind, by)).all()
    return Counter({(slug, value): number for slug, value, number in rows})


def _asked(work: UnitOfWork) -> Counter[str]:
    query = select(AuditEntry.subject, func.count()).where(
        AuditEntry.act == "license.inquired", AuditEntry.department == work.actor.department
    )  # fmt: skip
    rows = work.session.execute(query.group_by(AuditEntry.subject)).all()
    return Counter({row[0]: row[1] for row in rows})
