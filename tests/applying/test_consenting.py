"""Consent: signed by the department, verified by anybody, taken back by whoever gave it."""

import json
from collections.abc import Iterator

import pytest

from servicehall.applying import consenting
from servicehall.cases import rechecking
from servicehall.cases.models import PendingCheck
from servicehall.cases.states import OPEN
from servicehall.handling import decisions, sweeping
from servicehall.kernel.errors import Conflict, Forbidden, HallError, Invalid, NotFound
from servicehall.kernel.work import SYSTEM
from servicehall.signing import jws
from tests.cases.halls import NURSE, Scene

HEALTH = "reviewer-health"


@pytest.fixture
def key(stage: Scene) -> Iterator[str]:
    made = stage.applied("wang", NURSE)
    stage.accepted(made)
    stage.agreed(HEALTH, made)
    yield made
    if stage.state(made) in OPEN:
        stage.withdrawn("wang", made)


def receipt(stage: Scene, key: str) -> str:
    with stage.work("wang") as work:
        return consenting.receipt(work, stage.case(work, key))


def revoked(stage: Scene, key: str) -> None:
    with stage.work("wang") as work:
        consenting.revoke(work, stage.case(work, key))


def test_a_receipt_says_what_was_agreed_and_to_whom(stage: Scene, key: str) -> None:
    text = receipt(stage, key)
    assert receipt(stage, key) == text  # nothing in it changes by asking
    with stage.work("auditor") as work:
        told = consenting.verified(work, text)
        item = stage.case(work, key).item
    assert told["controller"]["code"] == item.department
    assert [n["dataset"] for n in told["needs"]] == [n.dataset for n in item.needs]
    assert told["words"] == consenting.words(item)
    assert told["ended_at"] is None
    assert told["record"]["number"] > 0


def test_a_changed_receipt_is_refused(stage: Scene, key: str) -> None:
    header, payload, signature = receipt(stage, key).split(".")
    envelope = jws.opened(".".join((header, payload, signature)), typ=consenting.TYP)
    told = json.loads(envelope.payload)
    changed = jws._encoded(json.dumps({**told, "law": "无"}).encode())
    with stage.work("auditor") as work:
        for bad in (f"{header}.{changed}.{signature}", f"{header}.{payload}.{signature[:-4]}AAAA",
                    "", "a.b.c"):  # fmt: skip
            with pytest.raises(HallError):
                consenting.verified(work, bad)


def test_only_whoever_gave_it(stage: Scene, key: str) -> None:
    with stage.work("chen") as work:
        case = stage.case(work, key)
        for act in (consenting.receipt, consenting.revoke, consenting.ground):
            with pytest.raises(NotFound):
                act(work, case)


def test_taken_back_nobody_asks_and_the_decision_rests_on_what_was_known(
    stage: Scene, key: str
) -> None:
    revoked(stage, key)
    with pytest.raises(Forbidden, match="撤回"):
        stage.rechecked(HEALTH, key)
    with stage.hall.work(SYSTEM) as work:
        assert sweeping.unverified(work, set()) is None
        assert not rechecking.is_due(work, stage.case(work, key))
    with pytest.raises(Conflict):
        revoked(stage, key)
    with stage.work("auditor") as work:
        told = consenting.verified(work, receipt(stage, key))
    assert told["revoked_at"] == told["ended_at"] == stage.clock.now().isoformat()
    stage.does(HEALTH, key, decisions.refuse, reason="不符合法定条件")


def test_taken_back_the_hall_asks_by_itself_no_more(stage: Scene, key: str) -> None:
    revoked(stage, key)
    with stage.hall.work(SYSTEM) as work:
        case = stage.case(work, key)
        rechecking.ask_soon(work, case)  # a dispute about a value in it was settled
        assert not work.session.query(PendingCheck).filter_by(case_id=case.id).count()
        case.facts = {name: {**told, "status": "declared"} for name, told in case.facts.items()}
        rechecking.watch(work, case)  # sent again after a correction
        assert not work.session.query(PendingCheck).filter_by(case_id=case.id).count()


def test_what_is_over_cannot_be_taken_back(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    stage.withdrawn("wang", key)
    with pytest.raises(Conflict):
        revoked(stage, key)


def test_words_that_do_not_fit_the_hash_are_refused(
    stage: Scene, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consenting, "words", lambda item: "另一段话")
    text = receipt(stage, key)
    with stage.work("auditor") as work, pytest.raises(Invalid, match="不一致"):
        consenting.verified(work, text)
