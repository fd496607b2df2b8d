"""The supervisor confirms, returns, upholds, withdraws; each with a reason, each on record."""

from collections.abc import Callable

import pytest

from servicehall.kernel.errors import Conflict, Forbidden, Invalid
from servicehall.monitoring import overseeing, responding
from tests.cases.halls import NURSE, Scene
from tests.monitoring.test_responding import carded


@pytest.fixture(scope="module")
def case(stage: Scene) -> str:
    return stage.applied("wang", NURSE)


def said(stage: Scene, key: str, verb: Callable[..., None]) -> None:
    with stage.work("reviewer-health") as work:
        verb(work, responding.of_desk(work, key), "情况是这样的")


def judged(
    stage: Scene, key: str, verb: Callable[..., None], words: str = "核实过，没有问题"
) -> str:
    with stage.work("supervisor") as work:
        verb(work, card := overseeing.of_board(work, key), words)
        return card.state


def test_an_answer_is_returned_and_then_confirmed(stage: Scene, case: str) -> None:
    key = carded(stage, case, "one")
    said(stage, key, responding.answer)
    with stage.work("supervisor") as work:
        assert overseeing.to_judge(work) == 1
    assert judged(stage, key, overseeing.send_back, "没有说明原因") == "raised"
    said(stage, key, responding.answer)
    assert judged(stage, key, overseeing.close) == "closed"
    with stage.work("supervisor") as work:
        acts = [step.act for step in overseeing.of_board(work, key).steps]
        assert acts == ["raised", "answered", "returned", "answered", "closed"]
        assert overseeing.to_judge(work) == 0
    with pytest.raises(Conflict):
        judged(stage, key, overseeing.withdraw)


def test_an_appeal_is_upheld_or_the_card_withdrawn(stage: Scene, case: str) -> None:
    key = carded(stage, case, "two")
    said(stage, key, responding.appeal)
    assert judged(stage, key, overseeing.uphold, "复函不影响期限") == "raised"
    with pytest.raises(Conflict):
        judged(stage, key, overseeing.uphold)
    said(stage, key, responding.appeal)
    assert judged(stage, key, overseeing.withdraw) == "withdrawn"


def test_a_reason_is_asked_for_and_only_the_supervisor_judges(stage: Scene, case: str) -> None:
    key = carded(stage, case, "three")
    with stage.work("supervisor") as work, pytest.raises(Invalid):
        overseeing.withdraw(work, overseeing.of_board(work, key), "")
    with stage.work("reviewer-health") as work:
        card = responding.of_desk(work, key)
        with pytest.raises(Forbidden):
            overseeing.withdraw(work, card, "自己撤掉自己的")
        for look in (overseeing.cards, overseeing.departments, overseeing.to_judge):
            with pytest.raises(Forbidden):
                look(work)


def test_the_board_counts_and_filters(stage: Scene, case: str) -> None:
    carded(stage, case, "four", signal="silence")
    with stage.work("supervisor") as work:
        (row,) = overseeing.departments(work)
        assert row.red >= 1
        assert row.prompts == 0
        reds = overseeing.cards(work, grade=3, state="raised")
        assert {card.signal for card in reds} == {"silence"}
        assert overseeing.cards(work, department="0" * 18) == []
        newest = overseeing.cards(work)
        assert overseeing.cards(work, before=newest[0].id) == newest[1:]
