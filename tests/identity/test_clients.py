"""Clients: a system signs what it asks and for whom; what was changed on the way is not signed."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from servicehall.identity import clients, mandates
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from tests.builders import NOON, department, organization, person

CODE, TARGET, USER = "DEMO/GOV/PORTAL", "/api?userCode=1", "110101199003071233"


@pytest.fixture
def key(work):
    made = clients.enroll(work, CODE, "门户", department(work).code)
    work.commit()
    return made


def test_only_the_very_request_is_signed(work, key):
    headers = clients.signed(key, CODE, TARGET, USER, NOON)
    found = clients.authenticated(work, TARGET, headers)
    assert found is not None
    assert found.code == CODE
    assert clients.authenticated(work, TARGET + "&limit=1", headers) is None
    for name in headers:
        for wrong in ("", "x", headers[name] + "0"):
            assert clients.authenticated(work, TARGET, {**headers, name: wrong}) is None
    assert clients.authenticated(work, TARGET, {}) is None


@pytest.mark.parametrize(("minutes", "good"), [(-6, False), (-5, True), (5, True), (6, False)])
def test_five_minutes_either_way(work, key, minutes, good):
    headers = clients.signed(key, CODE, TARGET, USER, NOON + timedelta(minutes=minutes))
    assert (clients.authenticated(work, TARGET, headers) is not None) is good


def test_the_database_does_not_know_the_key(work, key):
    (kept,) = work.session.execute(text("SELECT secret FROM client")).one()
    assert key.encode() not in bytes(kept)


def test_a_code_is_given_once_and_taken_back(work, key):
    home = work.session.execute(text("SELECT code FROM department")).scalar_one()
    with pytest.raises(Conflict):
        clients.enroll(work, CODE, "又一个", home)
    for wrong in ("", "ab", "lower", "A B", "A" * 65):
        with pytest.raises(Invalid):
            clients.enroll(work, wrong, "门户", home)
    with pytest.raises(NotFound):
        clients.enroll(work, "OTHER", "门户", "nowhere")
    clients.revoke(work, CODE)
    headers = clients.signed(key, CODE, TARGET, USER, NOON)
    assert clients.authenticated(work, TARGET, headers) is None
    with pytest.raises(Conflict):
        clients.revoke(work, CODE)
    with pytest.raises(NotFound):
        clients.revoke(work, "NOBODY")


def test_it_acts_for_a_person_or_whom_they_have_a_mandate_of(work, key):
    somebody, firm = person(work), organization(work)
    client = clients.authenticated(work, TARGET, clients.signed(key, CODE, TARGET, USER, NOON))
    assert client is not None
    assert clients.on_behalf(work, client, "nobody", "nobody") is None
    acting = clients.on_behalf(work, client, somebody.number, somebody.number)
    assert acting is not None
    assert (acting.party, acting.department) == (f"person:{somebody.key}", client.department)
    with pytest.raises(NotFound):
        clients.on_behalf(work, client, somebody.number, firm.code)
    mandates.give(work, somebody, firm, "经办人")
    work.session.flush()
    acting = clients.on_behalf(work, client, somebody.number, firm.code)
    assert acting is not None
    assert acting.party == f"org:{firm.code}"
    assert clients.names(work, {acting.id, "else"}) == {acting.id: "门户"}
    assert clients.names(work, {"else"}) == {}
