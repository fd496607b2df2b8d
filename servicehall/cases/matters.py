"""Matters (办件查阅): who may open which case, and what has happened to it."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import defer

from servicehall.cases.models import Case
from servicehall.identity import directory, policy
from servicehall.kernel import audit
from servicehall.kernel.errors import NotFound
from servicehall.kernel.work import UnitOfWork

UNREAD = defer(Case.facts), defer(Case.answers), defer(Case.reason)  # sealed, and in no list


def own(work: UnitOfWork, key: str) -> Case:
    """The actor's own case. Raises NotFound; somebody else's looks the same as none.

    Whoever tries another's is on record, and the other sees it.
    """
    found = _by_key(work, key)
    if work.actor.party != found.party:
        raise _denied(work, found)
    return found


def for_staff(work: UnitOfWork, key: str) -> Case:
    """The case of this number (or key) that lies with the actor's department (``lies_with``).

    What was never submitted is nobody's business but the applicant's. Raises Forbidden or NotFound.
    """
    policy.require(work.actor, "case.read")
    found = _by_key(work, key)
    if found.number is None or not lies_with(work, found):
        raise _denied(work, found)
    return found


def listed(work: UnitOfWork, cases: Sequence[Case]) -> None:
    """Put on record that the actor saw these in a list (清单留痕)."""
    for case in cases:
        work.record("case.listed", case.matter, person=case.party)


def look(work: UnitOfWork, case: Case) -> None:
    """Put on record that the actor looked into the case (查看留痕)."""
    work.record("case.viewed", case.matter, person=case.party)


def seen_by_agent(work: UnitOfWork, *cases: Case, act: str = "case.viewed", **told: str) -> None:
    """Whoever acts for an organization looks on its behalf, and it sees that (受托查看留痕)."""
    if work.actor.organization:
        for case in cases:
            work.record(act, case.matter, person=case.party, **told)


def by_number(work: UnitOfWork, number: str, query_code: str) -> Case:
    """Progress for whoever holds both numbers of the receipt (办件查询). Raises NotFound."""
    found = numbered(work, number)
    if found.query_code != query_code.strip().upper():
        raise NotFound
    return found


def numbered(work: UnitOfWork, number: str) -> Case:
    """The case with this number, for operators. Raises NotFound."""
    found = work.session.scalar(select(Case).where(Case.number == number.strip().upper()))
    if found is None:
        raise NotFound
    return found


def timeline(work: UnitOfWork, case: Case) -> Sequence[audit.AuditEntry]:
    """Everything on record about *case*, oldest first; that lists showed it is left out."""
    return work.session.scalars(
        select(audit.AuditEntry)
        .where(audit.AuditEntry.subject == case.matter, audit.AuditEntry.act != "case.listed")
        .order_by(audit.AuditEntry.id)
    ).all()


def receipt_seal(work: UnitOfWork, case: Case) -> audit.AuditEntry | None:
    """The chain entry of the submission, whose hash is printed on the receipt (回执)."""
    query = select(audit.AuditEntry).where(
        audit.AuditEntry.subject == case.matter, audit.AuditEntry.act == "case.submitted"
    )
    return work.session.scalar(query.order_by(audit.AuditEntry.id.desc()).limit(1))


def _by_key(work: UnitOfWork, key: str) -> Case:
    found = work.session.scalar(select(Case).where(or_(Case.key == key, Case.number == key)))
    if found is None:
        raise _denied(work)
    return found


def _denied(work: UnitOfWork, case: Case | None = None) -> NotFound:
    """The refusal, noted. What does not exist is noted too: both take the same time."""
    matter, party = (case.matter, case.party) if case else ("", "")
    work.refuse("case.denied", matter, person=party)
    return NotFound()


def lies_with(work: UnitOfWork, case: Case) -> bool:
    """Whether it is the actor's department's: its own, one it reviews, or any at the one window."""
    mine = work.actor.department
    if mine in {case.department, *(review.department for review in case.reviews)}:
        return True
    return directory.department(work, mine).one_window
