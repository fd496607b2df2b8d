"""Who may do what: every act and role of the table, and foreign matters that look like missing."""

from itertools import product

import pytest

from servicehall.identity import policy
from servicehall.kernel.errors import Forbidden, NotFound
from servicehall.kernel.work import SYSTEM, Actor

ROLES = (
    "citizen", "agent", "clerk", "reviewer", "supervisor", "item_admin", "verifier", "auditor",
    "system", "steward", "attended", "head",
)  # fmt: skip
ALLOWED = {
    "case.apply": {"citizen", "attended"},
    "case.accept": {"clerk"},
    "case.review": {"reviewer"},
    "case.decide": {"reviewer"},
    "case.rule": {"system"},
    "case.extend": {"head"},
    "case.recheck": {"clerk", "reviewer", "system"},
    "case.settle_fee": {"clerk"},
    "case.read": {"clerk", "reviewer"},
    "case.hold": {"clerk", "reviewer"},
    "rating.answer": {"clerk", "reviewer"},
    "card.answer": {"clerk", "reviewer"},
    "card.judge": {"supervisor"},
    "license.issue": {"reviewer", "system"},
    "license.archive": {"reviewer"},
    "license.change": {"reviewer"},
    "license.gather": {"system"},
    "license.inquire": {"client"},
    "license.verify_as_department": {"verifier", "clerk", "reviewer", "client"},
    "dispute.settle": {"clerk", "reviewer"},
    "dispute.settle_look": {"auditor"},
    "item.edit": {"item_admin"},
    "item.publish": {"item_admin", "system"},
    "item.load": {"system"},
    "sharing.ask": {"steward"},
    "sharing.answer": {"steward", "system"},
    "sharing.read": {"steward", "supervisor"},
    "resource.edit": {"steward"},
    "resource.load": {"system"},
    "quality.settle": {"steward"},
    "quality.compare": {"steward", "supervisor", "system"},
    "data.publish": {"system"},
    "calendar.edit": {"item_admin"},
    "oversight.board": {"supervisor"},
    "oversight.audit": {"auditor"},
    "person.attend": {"clerk"},
    "visit.book": {"citizen"},
    "visit.plan": {"item_admin"},
    "visit.call": {"clerk"},
}


def actor(*roles, **given):
    return Actor("a-1", "王", frozenset(roles), **given)


def test_this_test_knows_every_act():
    assert set(policy.MAY) == set(ALLOWED)


@pytest.mark.parametrize(("act", "role"), list(product(ALLOWED, ROLES)))
def test_each_role_may_do_its_own_acts_and_no_others(act, role):
    expected = role in ALLOWED[act]
    assert policy.may(actor(role), act) is expected
    if expected:
        policy.require(actor(role), act)
    else:
        with pytest.raises(Forbidden):
            policy.require(actor(role), act)


@pytest.mark.parametrize("act", ALLOWED)
def test_without_a_role_nothing_may_be_done(act):
    assert not policy.may(actor(), act)
    assert policy.may(SYSTEM, act) is ("system" in ALLOWED[act])


def test_an_act_that_is_not_in_the_table_is_our_own_fault():
    with pytest.raises(KeyError):
        policy.may(actor("citizen"), "case.invent")


def test_nobody_who_accepts_or_decides_may_audit_or_supervise():
    for staff in policy.STAFF:
        assert not policy.may(actor(staff), "oversight.audit")
        assert not policy.may(actor(staff), "oversight.board")


def test_a_matter_is_its_partys_own():
    himself = actor("citizen", person="p-1")
    agent = actor("citizen", "agent", person="p-1", organization="91990102MA0000015T")
    policy.require_party(himself, "person:p-1")
    policy.require_party(agent, "org:91990102MA0000015T")
    for somebody, party in (
        (himself, "person:p-2"),
        (himself, "org:91990102MA0000015T"),
        (agent, "person:p-1"),
        (himself, ""),
    ):
        with pytest.raises(NotFound):
            policy.require_party(somebody, party)


def test_a_matter_lies_with_its_departments():
    reviewer = actor("reviewer", department="119901010000002388")
    policy.require_department(reviewer, frozenset({"119901010000002388", "x"}))
    for departments in (frozenset(), frozenset({"11990101000000318U"})):
        with pytest.raises(NotFound):
            policy.require_department(reviewer, departments)
    with pytest.raises(NotFound):
        policy.require_department(actor("reviewer"), frozenset({"119901010000002388"}))
