"""Instant decisions: granted where every rule holds on fresh verified facts, else a person's, never refused."""

import pytest
from sqlalchemy import select

from servicehall.automating import instant
from servicehall.automating.models import InstantDecision
from servicehall.cases.states import State
from servicehall.cli import serving
from servicehall.documents import filing
from servicehall.identity import policy
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Forbidden
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import wallet
from servicehall.oversight import integrity
from servicehall.payments import payouts
from tests.cases.halls import ALLOWANCE, ID_CARD, Scene

ELSEWHERE = "1199010100000066824992066001000"


def judged(stage: Scene, key: str) -> InstantDecision | None:
    """The hall judges the case; what it found."""
    with stage.hall.work(SYSTEM) as work:
        made = instant.decide(work, stage.case(work, key))
        if work.unfinished:
            work.commit()
        return made


def test_every_rule_holds_and_the_letter_says_why(stage: Scene) -> None:
    key = stage.applied("wang", ELSEWHERE)
    made = judged(stage, key)
    assert made is not None
    assert made.granted
    assert [told["outcome"] for told in made.verdicts] == ["met", "met"]
    assert all(fact["call"] for told in made.verdicts for fact in told["facts"])
    with stage.work("wang") as work:
        letter = next(p for p in filing.of(work, key) if p.kind == "grant")
        words = "".join(letter.words["paragraphs"])
        assert (
            "1．在示范区参保，状态正常：符合。依据《中华人民共和国社会保险法》第二十九条" in words
        )
        assert made.digest[:12] in words
        assert "人工复核" in words
    serving.one_round(stage.hall)
    assert stage.state(key) is State.CLOSED
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        assert (case.decided_by, case.reviews) == ("system", [])
        assert wallet.of_case(work, case.number) is not None
        entry = work.session.scalars(
            select(AuditEntry).filter_by(act="case.ruled", subject=key)
        ).one()
        assert entry.detail["rules"] == {"insured": "met", "living": "met"}
        assert not list(integrity.breaches(work, stage.hall.heads()))
    assert judged(stage, key) is None, "once"


def test_a_declared_account_is_looked_at_by_a_person(stage: Scene) -> None:
    key = stage.applied("chen", ALLOWANCE)
    made = judged(stage, key)
    assert made is not None
    assert (made.granted, made.reason) == (False, "answers")
    assert stage.state(key) is State.SUBMITTED
    stage.withdrawn("chen", key)


def test_the_allowance_is_paid_at_eighty(stage: Scene) -> None:
    """The worker decides what nobody judged yet, as after a crash."""
    key = stage.begin("chen", ALLOWANCE)
    stage.fill("chen", key, account="")
    stage.submit("chen", key)
    serving.one_round(stage.hall)
    assert stage.state(key) is State.CLOSED
    with stage.work("auditor") as work:
        payout = payouts.of(work, key)
        assert payout is not None
        assert payout.fen == 10000


def test_who_is_too_young_is_not_refused_by_a_machine(stage: Scene) -> None:
    key = stage.applied("wang", ALLOWANCE)
    made = judged(stage, key)
    assert made is not None
    assert (made.granted, made.reason) == (False, "rules")
    assert {t["code"]: t["outcome"] for t in made.verdicts}["age"] == "unmet"
    assert stage.state(key) is State.SUBMITTED


@pytest.mark.parametrize("status", ["declared", "unavailable", "missing"])
def test_what_is_not_verified_decides_nothing(stage: Scene, status: str) -> None:
    key = stage.applied("wang", ELSEWHERE)
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        name = "social.insurance.insured"
        case.facts = {**case.facts, name: {**case.facts[name], "status": status}}
        work.record("test.unverified", case.matter)
    made = judged(stage, key)
    assert made is not None
    assert (made.granted, made.reason) == (False, "stale")
    assert made.verdicts[0]["outcome"] == "open"


def test_what_is_old_is_asked_again_first(stage: Scene) -> None:
    key = stage.applied("wang", ELSEWHERE)
    with stage.later(hours=30):
        made = judged(stage, key)
        assert made is not None
        assert made.reason == "stale"
    other = stage.applied("wang", ELSEWHERE)
    with stage.later(hours=30), stage.hall.work(SYSTEM) as work:
        tried: set[int] = set()
        while instant.decide_one(work, tried):
            work.commit()
        found = instant.of(work, stage.case(work, other))
        assert found is not None
        assert found.granted, "the worker asked the registries anew"


def test_an_item_without_rules_and_a_person_cannot_decide_so(stage: Scene) -> None:
    key = stage.applied("wang", ID_CARD)
    assert judged(stage, key) is None
    with pytest.raises(Forbidden):
        policy.require(stage.actor("reviewer-medical"), "case.rule")
