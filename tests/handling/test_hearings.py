"""Hearings: told, asked for in time by the party or at the counter, held before anything is decided."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from servicehall.cases import deadlines
from servicehall.cases.models import Case
from servicehall.cases.states import State
from servicehall.documents import filing
from servicehall.handling import decisions, hearings, reviewing
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.notices import outbox
from servicehall.standard.schema import Limit
from tests.cases.halls import NURSE, VENUE, Scene

CULTURE, REASON = "reviewer-culture", "邻居对噪声有意见，请当面听取"


@pytest.fixture
def told(stage: Scene) -> str:
    key = accepted(stage)
    stage.does(CULTURE, key, hearings.tell)
    return key


def accepted(stage: Scene) -> str:
    key = stage.applied("li", VENUE, stage.firm())
    stage.accepted(key)
    return key


def ask(stage: Scene, key: str, reason: str, login: str = "li") -> None:
    with stage.work(login, stage.firm() if login == "li" else "") as work:
        hearings.ask(work, stage.case(work, key), reason)


def hindrance(stage: Scene, key: str) -> str:
    with stage.work(CULTURE) as work:
        return hearings.hindrance(work, stage.case(work, key))


def test_the_office_tells_once_and_decides_nothing_meanwhile(stage: Scene, told: str) -> None:
    with pytest.raises(Conflict, match="已经告知过"):
        stage.does(CULTURE, told, hearings.tell)
    assert "期限届满" in hindrance(stage, told)
    with pytest.raises(Conflict, match="听证"):
        stage.does(CULTURE, told, decisions.refuse, reason="不符合规划要求")
    with stage.work(CULTURE) as work:
        case = stage.case(work, told)
        assert "听证" in decisions.obstacles(work, case)[0]
        paper = filing.of(work, told)[-1]
        assert (paper.kind, "不承担组织听证的费用" in "".join(paper.words["paragraphs"])) == (
            "hearing_notice", True,
        )  # fmt: skip
        assert case.hearing
        five = deadlines.due(work, work.today(), Limit(days=5))
        assert case.hearing.ask_by == five
    with stage.later(days=10):
        assert hindrance(stage, told) == ""  # nobody asked in time
        with pytest.raises(Conflict, match="期限已过"):
            ask(stage, told, REASON)


def test_who_may_tell_and_ask(stage: Scene, told: str) -> None:
    other = accepted(stage)
    for login, error in (("clerk", Forbidden), ("reviewer-health", NotFound)):
        with pytest.raises(error):
            stage.does(login, other, hearings.tell)
    with pytest.raises(Conflict, match="不能申请听证"):
        ask(stage, other, REASON)
    with pytest.raises(NotFound):
        ask(stage, told, REASON, login="wang")
    with pytest.raises(Invalid) as refused:
        ask(stage, told, " ")
    assert refused.value.field == "hearing_reason"
    stage.does("clerk", told, hearings.ask_at_window, reason=REASON)
    with pytest.raises(Conflict, match="已经申请过"):
        ask(stage, told, REASON)


def test_a_nurse_has_no_hearing(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    stage.accepted(key)
    with pytest.raises(Conflict, match="没有听证程序"):
        stage.does("reviewer-health", key, hearings.tell)


def test_it_is_announced_held_in_twenty_days_and_the_clock_stands(stage: Scene, told: str) -> None:
    ask(stage, told, REASON)
    assert "要求听证" in hindrance(stage, told)
    with stage.work(CULTURE) as work:
        case = stage.case(work, told)
        first, last = hearings.bounds(work, case)
        assert case.hearing
        assert (first, last) == (
            deadlines.due(work, work.today(), Limit(days=7)), case.hearing.hold_by,
        )  # fmt: skip
        assert first
        assert last
        before = case.due_on
    for day in (first - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            held(stage, told, day)
        assert refused.value.field == "held_on"
    held(stage, told, first)
    assert stage.state(told) is State.SUSPENDED
    when = f"{first.year}年{first.month}月{first.day}日14时05分"
    with stage.work(CULTURE) as work:
        paper = "".join(filing.of(work, told)[-1].words["paragraphs"])
        assert f"听证于{when}举行，地点：市民中心三楼听证室，由主持人周主持。" in paper
    with stage.work("li", stage.firm()) as work:
        message = outbox.inbox(work)[0]
        assert (
            f"将于 {first} 14:05 举行听证，地点：市民中心三楼听证室；"
            in message.text % message.params
        )
    with stage.later(days=12):
        stage.does(CULTURE, told, reviewing.resume, result="听证笔录：双方同意调整营业时间")
        assert hindrance(stage, told) == ""
        with stage.work(CULTURE) as work:
            assert before
            assert (moved := _due(stage.case(work, told))) is not None
            assert moved > before


@pytest.mark.parametrize(("wrong", "field", "words"), [
    ({"held_at": None}, "held_at", "请填写听证时间"), ({"place": " \u202e\n "}, "place", "请填写听证地点"),
    ({"place": "厅" * 101}, "place", "最多"),
])  # fmt: skip
def test_it_is_announced_with_its_hour_and_its_place(
    stage: Scene, told: str, wrong: dict[str, Any], field: str, words: str
) -> None:
    with stage.work(CULTURE) as work:
        first, _ = hearings.bounds(work, stage.case(work, told))
    assert first
    with pytest.raises(Invalid, match=words) as refused:
        held(stage, told, first, **wrong)
    assert refused.value.field == field
    assert stage.state(told) is State.ACCEPTED
    held(stage, told, first, place=f" {'厅' * 50}\n{'厅' * 49} ")
    with stage.work(CULTURE) as work:
        (pause,) = stage.case(work, told).pauses
        assert (pause.held_at, pause.place) == (time(14, 5), f"{'厅' * 50} {'厅' * 49}")


def held(stage: Scene, key: str, day: date, **more: Any) -> None:
    said = {"held_at": time(14, 5), "place": "市民中心三楼听证室", "presider": "主持人周", **more}
    stage.does(CULTURE, key, reviewing.suspend, kind="hearing", officers="", held_on=day, **said)


def _due(case: Case) -> date | None:
    return case.due_on
