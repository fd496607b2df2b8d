"""Seeking (查找办件): by number, by query code, or by the applicant's whole name; one's own desk only."""

from collections.abc import Sequence

from sqlalchemy import select

from servicehall.cases import matters
from servicehall.cases.models import Case
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
    found: dict[int, Case] = {}
    for named in (  # one by one: each has an index of its own, all three at once have none
        Case.number == words.upper(),
        Case.query_code == words.upper(),
        Case.applicant_index == words,
    ):
        query = select(Case).where(named, Case.number.is_not(None)).limit(LOOKED_AT)
        latest = query.order_by(Case.id.desc()).options(*matters.UNREAD)
        found |= {case.id: case for case in work.session.scalars(latest)}
    cases = [found[number] for number in sorted(found, reverse=True)]
    return [case for case in cases if matters.lies_with(work, case)][:MOST]
