"""Seeking (查找办件): by number, by query code, or by the applicant's whole name; one's own desk only."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from servicehall.cases import matters
from servicehall.cases.models import Case
from servicehall.desk.worklist import UNREAD
from servicehall.identity import policy
from servicehall.kernel.work import UnitOfWork

MOST, LOOKED_AT = 30, 200


def find(work: UnitOfWork, said: str) -> Sequence[Case]:
    """At most 30 cases, the newest first, that lie with the actor's department.

    A number or a query code may be typed in small letters; a name must be whole, since names are
    kept sealed and found by their keyed hash alone.
    """
    policy.require(work.actor, "case.read")
    words = said.strip()
    if not words:
        return []
    code = words.upper()
    named = or_(Case.number == code, Case.query_code == code, Case.applicant_index == words)
    query = select(Case).where(named, Case.number.is_not(None)).order_by(Case.id.desc())
    found = work.session.scalars(query.limit(LOOKED_AT).options(*UNREAD))
    return [case for case in found if matters.lies_with(work, case)][:MOST]
