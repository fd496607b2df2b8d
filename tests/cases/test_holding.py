"""Holding: one desk at a time in a department, in sight of others; it ends by itself, never a dead end."""

import pytest

from servicehall.cases import holding, matters
from servicehall.handling import acceptance
from servicehall.kernel.errors import Conflict, Forbidden, Invalid
from tests.cases.halls import ID_CARD, NURSE, Scene


def claimed(stage: Scene, login: str, key: str, reason: str = "") -> None:
    with stage.work(login) as work:
        holding.claim(work, stage.case(work, key), reason=reason)


def test_a_colleague_waits_or_takes_over_with_a_reason(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    claimed(stage, "clerk", key)
    with pytest.raises(Conflict, match="综合窗口 正在办理"):
        stage.does("clerk-two", key, acceptance.accept)
    with pytest.raises(Invalid, match="接手的理由"):
        claimed(stage, "clerk-two", key)
    claimed(stage, "clerk-two", key, reason="同事临时离岗")
    with pytest.raises(Conflict, match="二号窗口 正在办理"):
        stage.accepted(key)
    stage.does("clerk-two", key, acceptance.accept)
    with stage.work("clerk") as work:
        taken = [e for e in matters.timeline(work, stage.case(work, key)) if "taken" in e.act]
        assert [e.detail["reason"] for e in taken] == ["同事临时离岗"]


def test_a_lock_ends_by_itself_and_stops_no_other_department(stage: Scene) -> None:
    key = stage.applied("chen", NURSE)
    claimed(stage, "clerk-two", key)
    with stage.later(minutes=14), pytest.raises(Conflict):
        stage.accepted(key)
    with stage.later(minutes=15):
        stage.accepted(key)
        claimed(stage, "clerk", key)
    stage.agreed("reviewer-health", key)
    with stage.work("reviewer-health") as work:
        assert [h.department for h in holding.all_of(work, stage.case(work, key))] == [
            stage.actor("clerk").department
        ]


def test_assigned_given_back_released(stage: Scene) -> None:
    key, other = stage.applied("li", ID_CARD), stage.actor("clerk-two").id
    with stage.work("clerk") as work:
        case = stage.case(work, key)
        assert set(holding.colleagues(work)) == {stage.actor("clerk").id, other}
        with pytest.raises(Invalid):
            holding.assign(work, case, stage.actor("reviewer-health").id)
        assert holding.assign(work, case, other).until is None
    with stage.work("clerk") as work, pytest.raises(Conflict, match="不在您名下"):
        holding.release(work, stage.case(work, key))
    with stage.work("clerk") as work:
        for _ in range(2):
            holding.give_back(work, stage.case(work, key))
        assert holding.all_of(work, stage.case(work, key)) == []
    claimed(stage, "clerk", key)
    with stage.work("clerk") as work:
        holding.release(work, stage.case(work, key))
    stage.does("clerk-two", key, acceptance.accept)
    with stage.work("wang") as work, pytest.raises(Forbidden):
        holding.claim(work, stage.case(work, key))
