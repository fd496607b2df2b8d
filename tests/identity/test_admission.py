"""A token is good for ten minutes, for its own system, and nobody finds it in the database."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from servicehall.identity import admission, clients
from tests.builders import department

CODE = "DEMO/GOV/PORTAL"


@pytest.fixture
def client(work):
    clients.enroll(work, CODE, "门户", department(work).code)
    work.commit()
    return clients.known(work, CODE)


def test_it_names_its_system_until_it_runs_out(work, client, clock):
    admission.keep(work, client, "secret-token")
    work.commit()
    assert admission.holder(work, "secret-token").code == CODE
    assert admission.holder(work, "another") is None
    actor = admission.acting(client)
    assert (actor.roles, actor.department, actor.person) == ({"client"}, client.department, "")
    clock.forward(minutes=10)
    assert admission.holder(work, "secret-token") is None
    admission.keep(work, client, "next")
    work.commit()
    assert work.session.execute(text("SELECT count(*) FROM access_token")).scalar() == 1


def test_a_revoked_system_has_none(work, client):
    admission.keep(work, client, "secret-token")
    clients.revoke(work, CODE)
    work.commit()
    assert admission.holder(work, "secret-token") is None
    assert clients.known(work, CODE) is None


def test_an_assertion_opens_one_token(work, client):
    assert not admission.is_used(work, "a")
    admission.keep(work, client, "one", assertion="a")
    work.commit()
    assert admission.is_used(work, "a")
    admission.keep(work, client, "two", assertion="a")
    with pytest.raises(IntegrityError):
        work.commit()
    work.rollback()


def test_the_database_does_not_know_the_token(work, client):
    admission.keep(work, client, "secret-token")
    work.commit()
    row = work.session.execute(text("SELECT * FROM access_token")).one()
    assert "secret-token" not in str(row)
    assert timedelta(minutes=10) == admission.LASTS
