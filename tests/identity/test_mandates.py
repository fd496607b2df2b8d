"""Mandates: in force from their beginning to their end, and not a moment longer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from servicehall.identity import mandates
from servicehall.kernel.audit import AuditEntry
from tests import builders
from tests.builders import OTHER_NUMBER


@pytest.fixture
def parties(work):
    return builders.person(work), builders.organization(work)


def test_a_mandate_is_in_force_at_once_and_on_record(work, parties, clock):
    somebody, shop = parties
    assert not mandates.in_force(work, somebody, shop.code)
    given = mandates.give(work, somebody, shop, "法定代表人")
    assert mandates.in_force(work, somebody, shop.code)
    assert (given.title, given.starts_at) == ("法定代表人", clock.now())
    work.commit()
    entry = work.session.scalars(select(AuditEntry)).one()
    assert (entry.act, entry.subject) == ("mandate.given", f"org:{shop.code}")
    assert entry.person == f"person:{somebody.key}"


def test_it_holds_for_this_person_and_this_organization_only(work, parties):
    somebody, shop = parties
    other = builders.person(work, OTHER_NUMBER)
    inn = builders.organization(work, "11990100000001011X")
    mandates.give(work, somebody, shop, "经办人")
    assert not mandates.in_force(work, other, shop.code)
    assert not mandates.in_force(work, somebody, inn.code)
    assert not mandates.in_force(work, somebody, "")


def test_a_revoked_mandate_ends_at_once(work, parties, clock):
    somebody, shop = parties
    given = mandates.give(work, somebody, shop, "经办人")
    mandates.revoke(work, given)
    assert not mandates.in_force(work, somebody, shop.code)
    assert given.revoked_at == clock.now()
    work.commit()
    acts = work.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts == ["mandate.given", "mandate.revoked"]


def test_a_mandate_with_an_end_is_over_at_its_end(work, parties, clock):
    somebody, shop = parties
    given = mandates.give(work, somebody, shop, "经办人")
    given.ends_at = clock.now() + timedelta(days=1)
    assert mandates.in_force(work, somebody, shop.code)
    clock.forward(days=1)
    assert not mandates.in_force(work, somebody, shop.code)


def test_a_mandate_that_has_not_begun_is_not_in_force(work, parties, clock):
    somebody, shop = parties
    mandates.give(work, somebody, shop, "经办人").starts_at = clock.now() + timedelta(seconds=1)
    assert not mandates.in_force(work, somebody, shop.code)
    clock.forward(seconds=1)
    assert mandates.in_force(work, somebody, shop.code)


def test_all_mandates_of_a_person_come_in_the_order_given(work, parties):
    somebody, shop = parties
    inn = builders.organization(work, "11990100000001011X")
    given = [mandates.give(work, somebody, place, "经办人") for place in (shop, inn)]
    assert list(mandates.of(work, somebody)) == given


def test_a_mandate_that_ended_can_be_given_again(work, parties, clock):
    somebody, shop = parties
    mandates.revoke(work, mandates.give(work, somebody, shop, "经办人"))
    work.commit()
    clock.forward(days=1)
    again = mandates.give(work, somebody, shop, "法定代表人")
    work.commit()
    assert mandates.in_force(work, somebody, shop.code)
    assert (again.title, again.starts_at) == ("法定代表人", clock.now())
