"""Accounts: proving who one is, slowing guesses down, and leaving every device at once."""

from datetime import timedelta

import argon2
import pytest
from sqlalchemy import select

from servicehall.identity import accounts, mandates
from servicehall.identity.adapters.local import LocalProvider
from servicehall.identity.models import Account
from servicehall.identity.provider import IdentityProvider
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Invalid, TooMany
from tests import builders

SECRET = "Right-horse-2026"


class KnowsOne:
    """Proves the account whose hash is the secret itself: these tests are not about hashing."""

    def authenticate(self, work, login, secret):
        account = accounts.by_login(work, login)
        return account if account and account.active and account.secret == secret else None


@pytest.fixture
def adapters():
    return {IdentityProvider: KnowsOne()}


@pytest.fixture
def wang(begin):
    with begin() as work:
        made = builders.account(work, "wang", secret=SECRET, holder=builders.person(work))
        work.record("test.made", made.key)
        work.commit()
        return made


def attempt(begin, secret, login="wang"):
    """One try in a work of its own; failures are committed as the portal does."""
    with begin() as work:
        try:
            return accounts.sign_in(work, login, secret)
        finally:
            work.commit()


def fail(begin, times, login="wang"):
    for _ in range(times):
        with pytest.raises(Invalid):
            attempt(begin, "wrong", login)


def acts(begin):
    with begin() as work:
        return work.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()


def test_the_right_secret_opens_and_is_on_record(begin, wang):
    assert attempt(begin, SECRET).key == wang.key
    entry = acts(begin)[-1]
    assert (entry.act, entry.subject) == ("account.signed_in", wang.key)
    assert entry.person == f"person:{wang.person.key}"


@pytest.mark.usefixtures("wang")
def test_an_unknown_login_and_a_wrong_secret_sound_the_same(begin):
    told = []
    for login in ("wang", "nobody"):
        with pytest.raises(Invalid) as raised:
            attempt(begin, "wrong", login)
        told.append((str(raised.value), raised.value.field, raised.value.params))
    assert told[0] == told[1]


@pytest.mark.usefixtures("wang")
def test_refusals_are_on_record_without_what_was_typed(begin):
    fail(begin, 1)
    fail(begin, 1, login="my password by mistake")
    entries = acts(begin)
    assert [e.act for e in entries[-2:]] == ["account.refused"] * 2
    assert entries[-1].subject == "unknown"
    assert "my password" not in str([(e.subject, e.detail, e.person) for e in entries])


@pytest.mark.usefixtures("wang")
def test_nine_failures_are_free_and_success_begins_anew(begin):
    fail(begin, 9)
    assert attempt(begin, SECRET)
    fail(begin, 9)
    assert attempt(begin, SECRET)


@pytest.mark.usefixtures("wang")
def test_from_the_tenth_failure_each_try_waits_twice_as_long(begin, clock):
    fail(begin, 10)
    for seconds in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900):
        with pytest.raises(TooMany) as raised:
            attempt(begin, SECRET)  # not even the right one
        assert raised.value.retry_after == seconds + 1
        assert raised.value.params["left"] == seconds + 1
        clock.moment += timedelta(seconds=seconds)
        fail(begin, 1)


@pytest.mark.usefixtures("wang")
def test_after_the_wait_the_right_secret_opens(begin, clock):
    fail(begin, 10)
    clock.forward(seconds=1)
    assert attempt(begin, SECRET)


def test_one_who_is_locked_does_not_lock_others(begin, wang):
    with begin() as work:
        builders.account(work, "li", secret=SECRET)
        work.record("test.made", "li")
        work.commit()
    fail(begin, 12 - 2)
    assert attempt(begin, SECRET, "li").login == "li"


def test_an_account_that_is_not_active_does_not_open(begin, wang):
    with begin() as work:
        accounts.by_key(work, wang.key).active = False
        work.record("test.closed", wang.key)
        work.commit()
    fail(begin, 1)


def test_signing_out_ends_every_session(begin, wang):
    with begin() as work:
        account = accounts.by_key(work, wang.key)
        accounts.sign_out(work, account)
        work.commit()
    with begin() as work:
        assert accounts.by_key(work, wang.key).session_version == wang.session_version + 1
    assert acts(begin)[-1].act == "account.signed_out"


def test_care_mode_is_kept(begin, wang):
    with begin() as work:
        accounts.prefer_care(work, accounts.by_key(work, wang.key), True)
        work.commit()
    with begin() as work:
        assert accounts.by_login(work, "wang").care


def test_nobody_has_an_unknown_key_or_login(work):
    assert accounts.by_key(work, "nobody") is None
    assert accounts.by_login(work, "nobody") is None


def test_a_login_is_given_once(work, wang):
    with pytest.raises(Exception, match=r"(?i)unique"):
        builders.account(work, "wang")


def test_a_citizen_acts_as_the_person_and_for_whom_there_is_a_mandate(begin, wang):
    with begin() as work:
        account = accounts.by_key(work, wang.key)
        shop = builders.organization(work)
        assert accounts.actor(work, account, shop.code).organization == ""
        mandate = mandates.give(work, account.person, shop, "经办人")
        acting = accounts.actor(work, account, shop.code)
        assert acting.roles == {"citizen", "agent"}
        assert acting.party == f"org:{shop.code}"
        himself = accounts.actor(work, account)
        assert (himself.roles, himself.party) == ({"citizen"}, f"person:{account.person.key}")
        mandates.revoke(work, mandate)
        assert accounts.actor(work, account, shop.code).party == himself.party


def test_staff_act_for_their_department_and_for_no_organization(begin):
    with begin() as work:
        health, shop = builders.department(work), builders.organization(work)
        account = builders.account(work, "clerk", roles="clerk reviewer", place=health)
        actor = accounts.actor(work, account, shop.code)
        assert (actor.department, actor.person, actor.organization) == (health.code, "", "")
        assert actor.roles == {"clerk", "reviewer"}
        assert accounts.party_of(account) == ""


def test_a_hash_is_argon2id_and_never_twice_the_same():
    one, other = accounts.hashed(SECRET), accounts.hashed(SECRET)
    assert one.startswith("$argon2id$")
    assert one != other
    assert SECRET not in one


def test_the_name_is_sealed_in_the_database(begin, wang):
    with begin() as work:
        raw = work.session.execute(select(Account.__table__.c.name)).one()
        assert raw[0] == "wang"  # the type opens it
        sealed = work.session.connection().exec_driver_sql("SELECT name FROM account").scalar()
        assert b"wang" not in bytes(sealed)


class TestWithTheHallsOwnProvider:
    @pytest.fixture
    def adapters(self):
        return {IdentityProvider: LocalProvider()}

    def test_sign_in_from_end_to_end(self, begin):
        with begin() as work:
            builders.account(work, "wang", secret=accounts.hashed(SECRET))
            work.record("test.made", "wang")
            work.commit()
        assert attempt(begin, SECRET).login == "wang"
        fail(begin, 1)


def test_passwords_are_hashed_slowly_on_purpose(monkeypatch):
    """By RFC 9106, second choice: three passes over 64 MiB. Everywhere else tests hash in no time."""
    monkeypatch.setattr(accounts, "PasswordHasher", argon2.PasswordHasher)
    cost = argon2.extract_parameters(accounts.hashed(SECRET))
    assert (cost.type, cost.time_cost, cost.memory_cost) == (argon2.Type.ID, 3, 64 * 1024)
