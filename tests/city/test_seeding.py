"""The demo accounts: complete, idempotent, on record, and able to sign in."""

import pytest
from sqlalchemy import func, select

from servicehall.city import offices, seeding
from servicehall.identity import accounts, directory, mandates
from servicehall.identity.adapters.local import LocalProvider
from servicehall.identity.models import Account, Department, Mandate, Person, Region
from servicehall.identity.provider import IdentityProvider
from servicehall.kernel.audit import AuditEntry


@pytest.fixture
def adapters():
    return {IdentityProvider: LocalProvider()}


@pytest.fixture
def seeded(begin):
    with begin() as work:
        assert seeding.seed(work) == len(seeding.parts())
        work.commit()
    with begin() as work:
        yield work


def test_everything_is_there(seeded):
    count = lambda table: seeded.session.scalar(select(func.count()).select_from(table))  # noqa: E731
    assert count(Region) == len(offices.PLACES)
    assert count(Department) == len(offices.offices())
    assert count(Account) == len(seeding.parts())
    assert (count(Person), count(Mandate)) == (3, 1)


def test_again_changes_nothing(seeded):
    assert seeding.seed(seeded) == 0
    assert not seeded.unfinished


def test_it_is_on_record_once_and_names_nobody(seeded):
    entries = seeded.session.scalars(select(AuditEntry)).all()
    assert [e.act for e in entries].count("city.seeded") == 1
    told = "".join(str((e.detail, e.subject, e.person)) for e in entries)
    for part in seeding.parts():
        assert part.name not in told


def test_only_what_is_missing_is_added(seeded):
    seeded.session.delete(accounts.by_login(seeded, "auditor"))
    seeded.record("test.removed", "auditor")
    seeded.commit()
    assert seeding.seed(seeded) == 1
    seeded.commit()
    assert accounts.by_login(seeded, "auditor").roles == "auditor"


@pytest.mark.parametrize("login", ["wang", "reviewer-health", "auditor"])
def test_the_shown_password_opens_the_account(seeded, login):
    assert accounts.sign_in(seeded, login, seeding.PASSWORD).login == login


def test_li_may_act_for_the_restaurant_and_for_himself(seeded):
    li = accounts.by_login(seeded, "li")
    (mandate,) = mandates.of(seeded, li.person)
    assert "餐饮" in mandate.organization.name
    assert accounts.actor(seeded, li, mandate.organization.code).organization
    assert accounts.actor(seeded, li).party == f"person:{li.person.key}"


def test_a_mandate_that_was_revoked_stays_revoked(seeded):
    li = accounts.by_login(seeded, "li")
    mandates.revoke(seeded, mandates.of(seeded, li.person)[0])
    seeded.commit()
    seeding.seed(seeded)
    assert not mandates.of(seeded, li.person)


def test_citizens_have_level_three_and_staff_a_department(seeded):
    for part in seeding.parts():
        account = accounts.by_login(seeded, part.login)
        if part.resident:
            assert account.person.level == 3
            assert account.person.number == part.resident.number
            assert directory.person_by_number(seeded, part.resident.number) is account.person
        else:
            assert directory.department(seeded, account.department_code)


def test_the_welcome_names_every_login_and_the_password():
    said = "\n".join(seeding.welcome())
    assert seeding.PASSWORD in said
    assert all(part.login in said for part in seeding.parts())
