"""Mandates (授权): for which organizations a person may act, checked at every request."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from servicehall.identity.models import Account, Organization, Person
from servicehall.identity.models import Mandate as Mandate
from servicehall.kernel.work import UnitOfWork


def of(work: UnitOfWork, person: Person) -> Sequence[Mandate]:
    """The mandates of *person* in force now."""
    now = work.now()
    return work.session.scalars(
        select(Mandate)
        .where(Mandate.person_id == person.id, Mandate.revoked_at.is_(None))
        .where(Mandate.starts_at <= now, or_(Mandate.ends_at.is_(None), Mandate.ends_at > now))
        .order_by(Mandate.id)
    ).all()


def in_force(work: UnitOfWork, person: Person, organization: str) -> bool:
    """Whether *person* may act for the *organization* of this credit code right now."""
    return any(m.organization.code == organization for m in of(work, person))


def agents(work: UnitOfWork, organization: str) -> dict[str, str]:
    """The names of all who may or once might act for *organization*, by account key."""
    query = (
        select(Account.key, Account.name)
        .join(Mandate, Mandate.person_id == Account.person_id)
        .where(Mandate.organization.has(Organization.code == organization))
    )
    return dict(work.session.execute(query).all())


def give(work: UnitOfWork, person: Person, organization: Organization, title: str) -> Mandate:
    """Let *person* act for *organization* from now on, as *title* (法定代表人, 经办人).

    One that ended before begins anew: the record keeps what was.
    """
    mandate = work.session.scalar(
        select(Mandate).where(
            Mandate.person_id == person.id, Mandate.organization_id == organization.id
        )
    ) or Mandate(person_id=person.id, organization=organization)
    mandate.title, mandate.starts_at = title, work.now()
    mandate.ends_at = mandate.revoked_at = None
    work.session.add(mandate)
    work.record("mandate.given", f"org:{organization.code}", person=f"person:{person.key}")
    return mandate


def revoke(work: UnitOfWork, mandate: Mandate) -> None:
    """End *mandate* at once; the next request for the organization is refused."""
    mandate.revoked_at = work.now()
    work.record("mandate.revoked", f"org:{mandate.organization.code}")
