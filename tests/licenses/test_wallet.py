"""The wallet: one's own licenses, the code to show, and who was shown them."""

import re

import pytest

from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import NotFound
from servicehall.kernel.work import Actor
from servicehall.licenses import issuing, wallet
from servicehall.verifying import presenting, verification
from tests.builders import person
from tests.licenses.conftest import BUREAU, NUMBER, order

VERIFIER = Actor("v1", "核验员", frozenset({"verifier"}), department=BUREAU)


@pytest.fixture
def owner(hall, work):
    somebody = person(work, NUMBER)
    work.record("person.made", somebody.key)
    work.commit()
    return Actor("a1", "王", frozenset({"citizen"}), person=somebody.key)


def test_a_plan_is_not_out(hall, work):
    planned = issuing.plan(work, order())
    assert not wallet.is_out(planned)
    assert not wallet.is_out(None)
    assert wallet.of_case(work, "C-1") is planned
    assert wallet.of_case(work, None) is wallet.of_case(work, "C-2") is None
    issuing.finish(work, planned)
    assert wallet.is_out(planned)


def test_only_ones_own(hall, owner):
    issued = hall.issue(order(party=owner.party))
    with hall.work(owner) as work:
        assert [license.id for license in wallet.mine(work)] == [issued.id]
        assert wallet.own(work, issued.code).id == issued.id
    stranger = Actor("a2", "李", frozenset({"citizen"}), person="p2")
    with hall.work(stranger) as work:
        with pytest.raises(NotFound) as foreign:
            wallet.own(work, issued.code)
        with pytest.raises(NotFound) as missing:
            wallet.own(work, "0" * 12)
        work.keep_refusals()
        rows = (
            work.session.query(AuditEntry).filter_by(act="license.denied").order_by(AuditEntry.id)
        )
        assert [(row.subject, row.person) for row in rows] == [
            (issued.identifier, owner.party), ("", ""),
        ]  # fmt: skip
    assert str(foreign.value) == str(missing.value)


def test_an_agents_look_is_the_organizations_to_see(hall, owner):
    firm = Actor("a1", "王", frozenset({"citizen"}), person=owner.person, organization="C")
    issued = hall.issue(order(party=firm.party))
    for actor in (owner, firm):
        with hall.work(actor) as work:
            wallet.seen_by_agent(work, issued)
            assert work.unfinished is (actor is firm)


def test_the_code_to_show_is_a_plain_picture(hall, owner):
    issued = hall.issue(order(party=owner.party))
    with hall.work(owner) as work:
        svg = wallet.qr_svg(work, issued)
    assert set(re.findall(r"<(\w+)", svg)) == {"svg", "path"}
    assert "<?xml" not in svg


def test_the_holder_sees_who_was_shown_it(hall, owner):
    issued = hall.issue(order(party=owner.party))
    with hall.work(VERIFIER) as work:
        presenting.noted(work, verification.by_code(work, issued.code), reason="办理业务")
        work.commit()
    with hall.work(owner) as work:
        (look,) = wallet.looks(work, issued)
        assert (look.actor, look.department, look.detail["reason"]) == ("v1", BUREAU, "办理业务")
