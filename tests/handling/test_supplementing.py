"""Supplementing: a department asks through the one window, which passes on and answers; once at a time."""

import pytest

from servicehall.desk import recounting, worklist
from servicehall.handling import supplementing
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.notices import outbox
from tests.cases.halls import VENUE, Scene

POLICE, FIRE, CULTURE = "reviewer-police", "reviewer-fire", "reviewer-culture"
WORDS = "请说明监控覆盖的范围"


def asked(stage: Scene, key: str) -> int:
    with stage.work("auditor") as work:
        return stage.case(work, key).supplements[-1].id


def relayed(stage: Scene, key: str) -> bool:
    with stage.work("clerk") as work:
        return key in {c.key for c in worklist.queue(work, "relay").cases}


def test_through_the_one_window_and_back(stage: Scene) -> None:
    key = stage.applied("li", VENUE, stage.firm())
    with pytest.raises(NotFound):  # not accepted: no review is open
        stage.does(POLICE, key, supplementing.ask, words=WORDS)
    stage.accepted(key)
    with pytest.raises(NotFound):
        stage.does(CULTURE, key, supplementing.ask, words=WORDS)
    with pytest.raises(Invalid):
        stage.does(POLICE, key, supplementing.ask, words="补")
    stage.does(POLICE, key, supplementing.ask, words=WORDS)
    with pytest.raises(Conflict, match="还没有答复"):
        stage.does(POLICE, key, supplementing.ask, words=WORDS)
    stage.does(FIRE, key, supplementing.ask, words="请说明疏散通道宽度")
    number = asked(stage, key)
    assert relayed(stage, key)
    with pytest.raises(Forbidden):
        stage.does(POLICE, key, supplementing.pass_on, number=number)
    stage.does("clerk", key, supplementing.pass_on, number=number)
    with pytest.raises(Conflict):
        stage.does("clerk", key, supplementing.pass_on, number=number)
    with stage.work("li", stage.firm()) as work:
        assert any("疏散通道" in str(n.params) for n in outbox.inbox(work))
    with pytest.raises(Invalid):
        stage.does("clerk", key, supplementing.answer, number=number, said=" ")
    stage.does("clerk", key, supplementing.answer, number=number, said="宽 1.4 米")
    with pytest.raises(Conflict, match="已经答复"):
        stage.does("clerk", key, supplementing.answer, number=number, said="宽 1.4 米")
    assert relayed(stage, key)  # the other one still waits
    stage.does("clerk", key, supplementing.answer, number=number - 1, said="全覆盖")
    assert not relayed(stage, key)
    with stage.work("auditor") as work:
        assert list(recounting.breaches(work)) == []
