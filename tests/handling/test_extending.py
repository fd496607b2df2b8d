"""Extending: once, with a reason, by two people; both dates move and the applicant is told."""

import pytest

from servicehall.documents import filing
from servicehall.handling import extending
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.notices import outbox
from tests.cases.halls import ID_CARD, NURSE, Scene

HEALTH, HEAD = "reviewer-health", "head-health"
REASON = "体检报告需要向医院核实"


@pytest.fixture
def asked(stage: Scene) -> str:
    key = stage.applied("chen", NURSE)
    stage.accepted(key)
    stage.does(HEALTH, key, extending.ask, days=10, reason=REASON)
    return key


@pytest.mark.parametrize(("days", "reason", "field"), [
    (0, REASON, "extra_days"), (11, REASON, "extra_days"), (5, "忙", "extra_reason"),
])  # fmt: skip
def test_days_and_reason_must_hold(stage: Scene, days: int, reason: str, field: str) -> None:
    key = stage.applied("wang", NURSE)
    stage.accepted(key)
    with pytest.raises(Invalid) as refused:
        stage.does(HEALTH, key, extending.ask, days=days, reason=reason)
    assert refused.value.field == field
    stage.withdrawn("wang", key)


def test_what_is_no_permit_follows_the_law_of_its_own(stage: Scene) -> None:
    key = stage.applied("wang", ID_CARD)
    stage.accepted(key)
    with pytest.raises(Invalid):
        stage.does("reviewer-police", key, extending.ask, days=1, reason=REASON)
    stage.withdrawn("wang", key)


def test_a_second_person_approves_and_both_dates_move(stage: Scene, asked: str) -> None:
    with stage.work("auditor") as work:
        case = stage.case(work, asked)
        before = case.due_on, case.statutory_on
    for login, wrong in ((HEALTH, Forbidden), ("head-market", NotFound)):
        with pytest.raises(wrong):
            stage.does(login, asked, extending.approve)
    with stage.work(HEAD) as work:
        assert asked in {case.key for case in extending.waiting(work)}
    stage.does(HEAD, asked, extending.approve)
    with stage.work("chen") as work:
        case = stage.case(work, asked)
        assert case.due_on > before[0]
        assert case.statutory_on > before[1]
        assert "延长 10 个工作日" in outbox.inbox(work)[0].text % outbox.inbox(work)[0].params
        (paper,) = [one for one in filing.of(work, asked) if one.kind == "extension"]
        words = "".join(paper.words["paragraphs"])
        assert REASON in words
        assert "第四十二条第一款" in words
    for verb, login, more in (
        (extending.ask, HEALTH, {"days": 5, "reason": REASON}), (extending.approve, HEAD, {}),
    ):  # fmt: skip
        with pytest.raises(Conflict):
            stage.does(login, asked, verb, **more)


def test_who_asks_does_not_approve(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    stage.accepted(key)
    stage.does(HEAD, key, extending.ask, days=3, reason=REASON)
    with pytest.raises(Conflict, match="申请人以外"):
        stage.does(HEAD, key, extending.approve)
    stage.withdrawn("wang", key)


def test_declined_leaves_the_dates_and_needs_a_reason(stage: Scene, asked: str) -> None:
    with stage.work("auditor") as work:
        before = stage.case(work, asked).due_on
    with pytest.raises(Invalid):
        stage.does(HEAD, asked, extending.decline, answer=" ")
    stage.does(HEAD, asked, extending.decline, answer="时间足够，请按期办理")
    with stage.work(HEAD) as work:
        assert stage.case(work, asked).due_on == before
        assert asked not in {case.key for case in extending.waiting(work)}
    with stage.work(HEALTH) as work:
        assert extending.waiting(work) == []
