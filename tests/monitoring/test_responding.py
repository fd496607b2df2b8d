"""A department answers or appeals against its own cards, in words, once."""

import pytest

from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.monitoring import carding, responding
from servicehall.monitoring.detecting import Finding
from tests.cases.halls import NURSE, Scene


@pytest.fixture(scope="module")
def case(stage: Scene) -> str:
    return stage.applied("wang", NURSE)


def carded(stage: Scene, case: str, occasion: str, signal: str = "promise-overdue") -> str:
    """The key of a card of the health department."""
    with stage.work("reviewer-health") as work:
        found = Finding(signal, occasion, stage.case(work, case), work.actor.department)
        return carding.raise_card(work, found).key


def test_answered_once(stage: Scene, case: str) -> None:
    key = carded(stage, case, "one")
    with stage.work("reviewer-health") as work:
        card = responding.of_desk(work, key)
        assert card in responding.own(work)
        assert responding.waiting(work) == 1
        with pytest.raises(Invalid) as refused:
            responding.answer(work, card, " 好 ")
        assert refused.value.field == "words"
        responding.answer(work, card, "系统切换，已补办")
    with stage.work("reviewer-health") as work:
        card = responding.of_desk(work, key)
        assert (card.state, card.steps[-1].words) == ("answered", "系统切换，已补办")
        assert responding.waiting(work) == 0
        with pytest.raises(Conflict):
            responding.appeal(work, card, "其实没有超期")


def test_appealed_against(stage: Scene, case: str) -> None:
    key = carded(stage, case, "two")
    with stage.work("reviewer-health") as work:
        responding.appeal(work, responding.of_desk(work, key), "其间在等外省复函")
        assert responding.of_desk(work, key).state == "appealed"


def test_it_is_nobody_elses(stage: Scene, case: str) -> None:
    key = carded(stage, case, "three")
    with stage.work("reviewer-market") as work:
        assert responding.own(work) == []
        assert responding.ended(work) == []
        for card in (key, "none"):
            with pytest.raises(NotFound):
                responding.of_desk(work, card)
        with pytest.raises(NotFound):
            responding.answer(work, responding.by_key(work, key), "替他们反馈")
    with stage.work("wang") as work, pytest.raises(Forbidden):
        responding.own(work)
