"""Reviewing: one opinion a department, reasons where it disagrees, two real people on site."""

from datetime import date

import pytest

from servicehall.cases.models import Case
from servicehall.cases.states import State
from servicehall.desk import worklist
from servicehall.handling import decisions, reviewing
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.standard.parts import Joining
from tests.cases.halls import FOOD, NURSE, VENUE, Scene

MARKET, HEALTH = "reviewer-market", "reviewer-health"


@pytest.fixture(scope="module")
def food(stage: Scene) -> str:
    key = stage.applied("li", FOOD, stage.firm())
    stage.accepted(key)
    return key


def test_a_department_speaks_once_and_gives_reasons(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    with pytest.raises(NotFound):  # not accepted yet: no review is open
        stage.agreed(HEALTH, key)
    stage.accepted(key)
    with pytest.raises(Invalid) as refused:
        stage.does(HEALTH, key, reviewing.opine, agrees=None, opinion="")
    assert refused.value.field == "agrees"
    with pytest.raises(Invalid) as refused:
        stage.does(HEALTH, key, reviewing.opine, agrees=False, opinion=" ")
    assert refused.value.field == "opinion"
    with pytest.raises(Forbidden):
        stage.agreed("clerk", key)
    with pytest.raises(NotFound):
        stage.agreed(MARKET, key)
    stage.agreed(HEALTH, key)
    with pytest.raises(Conflict, match="已经提交"):
        stage.agreed(HEALTH, key)


@pytest.mark.parametrize("officers", ["", "赵一", "赵一，", "，，", "赵一，赵一", " 、赵一 "])
def test_an_inspection_takes_two_different_people(stage: Scene, food: str, officers: str) -> None:
    with pytest.raises(Invalid, match="两名") as refused:
        stage.does(MARKET, food, reviewing.suspend, kind="inspection", officers=officers)
    assert refused.value.field == "officers"


def test_only_a_declared_procedure_stops_the_clock(stage: Scene, food: str) -> None:
    with pytest.raises(Invalid) as refused:
        stage.does(MARKET, food, reviewing.suspend, kind="hearing", officers="")
    assert refused.value.field == "kind"


def test_the_clock_stands_and_runs_on(stage: Scene, food: str) -> None:
    with pytest.raises(Conflict, match="没有正在进行"):
        stage.does(MARKET, food, reviewing.resume, result="符合要求")
    stage.does(MARKET, food, reviewing.suspend, kind="inspection", officers="赵一、钱二")
    with pytest.raises(Conflict):
        stage.agreed(MARKET, food)
    with stage.work(MARKET) as work:
        case = stage.case(work, food)
        assert (case.state, case.due_on) == (State.SUSPENDED, date(2026, 3, 17))
        assert reviewing.running(case).planned_end == date(2026, 3, 9)
    with pytest.raises(Invalid):
        stage.does(MARKET, food, reviewing.resume, result=" ")
    with stage.later(days=1):
        stage.does(MARKET, food, reviewing.resume, result="现场符合要求")
    with stage.work(MARKET) as work:
        case = stage.case(work, food)
        assert (case.state, case.due_on) == (State.ACCEPTED, date(2026, 3, 11))
        assert reviewing.waiting_for(work, case) is not None


def test_days_left_are_civil_days(stage: Scene) -> None:
    with stage.work("auditor") as work:
        assert reviewing.left(work, None) is None
        assert reviewing.left(work, date(2026, 3, 1)) == -1


def test_the_first_refusal_ends_it_where_the_item_says_so(
    stage: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = stage.applied("li", VENUE, stage.firm())
    stage.accepted(key)
    with stage.work("auditor") as work:
        item = stage.case(work, key).item
    rule = item.model_copy(update={"joining": Joining(rule="first_refusal")})
    monkeypatch.setattr(Case, "item", property(lambda case: rule))
    stage.does("reviewer-fire", key, reviewing.opine, agrees=False, opinion="疏散通道不足")
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        assert [r.waived_at is not None for r in case.reviews] == [True, False, True]
    with pytest.raises(Conflict, match="不再需要"):
        stage.agreed("reviewer-police", key)
    with pytest.raises(Conflict, match="不予许可"):
        stage.does("reviewer-culture", key, decisions.grant)
    with stage.work("reviewer-culture") as work:
        assert key in {c.key for c in worklist.queue(work, "decide").cases}
