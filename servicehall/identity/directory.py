"""The directory (机构和人员名录): find people, organizations, departments and regions."""

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import select

from servicehall.identity.models import Account, Department, Organization, Person, Region
from servicehall.kernel.errors import NotFound
from servicehall.kernel.work import UnitOfWork


def new_key() -> str:
    """A random key of 128 bits in 22 URL-safe characters: not guessable, says nothing."""
    return secrets.token_urlsafe(16)


def person(work: UnitOfWork, key: str) -> Person:
    """The person of this pseudonym. Raises NotFound."""
    found = work.session.scalar(select(Person).where(Person.key == key))
    if found is None:
        raise NotFound
    return found


def person_by_number(work: UnitOfWork, number: str) -> Person | None:
    """The person of this identity number, found through the blind index."""
    return work.session.scalar(select(Person).where(Person.number_index == number))


def has_account(work: UnitOfWork, somebody: Person) -> bool:
    """Whether *somebody* can sign in here."""
    query = select(Account.id).where(Account.person_id == somebody.id)
    return work.session.scalar(query.limit(1)) is not None


def organization(work: UnitOfWork, code: str) -> Organization:
    """The organization of this credit code. Raises NotFound."""
    found = work.session.scalar(select(Organization).where(Organization.code == code))
    if found is None:
        raise NotFound
    return found


def department(work: UnitOfWork, code: str) -> Department:
    """The department of this credit code. Raises NotFound."""
    found = work.session.scalar(select(Department).where(Department.code == code))
    if found is None:
        raise NotFound
    return found


def departments(work: UnitOfWork) -> Sequence[Department]:
    """Every department of the hall."""
    return work.session.scalars(select(Department).order_by(Department.code)).all()


def regions(work: UnitOfWork) -> Sequence[Region]:
    """Every region, upper levels first."""
    return work.session.scalars(select(Region).order_by(Region.level, Region.code)).all()


def lineage(work: UnitOfWork, code: str) -> dict[str, int]:
    """The region *code* and all above it, with their levels; the topmost last."""
    found: dict[str, int] = {}
    while code and code not in found:
        here = work.session.scalar(select(Region).where(Region.code == code))
        if here is None:
            break
        found[code], code = here.level, here.parent
    return found


def staff_name(work: UnitOfWork, key: str) -> str:
    """The name of the member of staff with this account key; empty where there is none."""
    return staff_names(work, {key}).get(key, "")


def staff_names(work: UnitOfWork, keys: Collection[str]) -> dict[str, str]:
    """The names of the members of staff with these account keys, by key; of nobody else."""
    of_staff = Account.key.in_(keys), Account.person_id.is_(None)
    query = select(Account.key, Account.name).where(*of_staff)
    return dict(work.session.execute(query).all())


def staff_of(work: UnitOfWork, department: str, roles: Collection[str]) -> dict[str, str]:
    """The names of those of *department* who have one of *roles*, by account key."""
    query = select(Account.key, Account.name, Account.roles).where(
        Account.department_code == department, Account.active.is_(True)
    )
    rows = work.session.execute(query.order_by(Account.id)).all()
    return {key: name for key, name, held in rows if set(roles) & set(held.split())}


def holder(work: UnitOfWork, party: str) -> tuple[str, str, str]:
    """(kind, code, name) of a *party*: an identity number or a credit code. Raises NotFound."""
    kind, _, key = party.partition(":")
    if kind == "org":
        found = organization(work, key)
        return "organization", found.code, found.name
    somebody = person(work, key)
    return "person", somebody.number, somebody.name


def party_of(work: UnitOfWork, code: str) -> str:
    """Whose an identity number or credit code is, as a party; empty for nobody the hall knows."""
    if (somebody := person_by_number(work, code)) is not None:
        return f"person:{somebody.key}"
    try:
        return f"org:{organization(work, code).code}"
    except NotFound:
        return ""
