"""The trace: whoever has nothing else counts every date again, across pauses and an extension."""

import json
from datetime import date

from servicehall.cases import tracing
from servicehall.handling import acceptance, extending, reviewing
from tests.cases.halls import FOOD, NURSE, Scene
from tests.lives.recount import ends, recounted

MARKET = "reviewer-market"


def told(stage: Scene, key: str) -> dict:
    with stage.work("auditor") as work:
        return json.loads(json.dumps(tracing.trace(work, stage.case(work, key))))


def test_a_correction_counts_from_its_notice(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    stage.does("clerk", key, acceptance.ask_correction, points=["照片不清晰"])
    limits = told(stage, key)["limits"]
    assert set(limits) == {"acceptance", "correction"}
    assert limits["correction"]["ends_on"] == "2026-03-09"
    recounted(told(stage, key))
    stage.withdrawn("wang", key)


def test_a_pause_and_an_extension_move_both_dates_and_the_departments(stage: Scene) -> None:
    key = stage.applied("li", FOOD, stage.firm())
    stage.accepted(key)
    before = told(stage, key)["limits"]
    stage.does(MARKET, key, extending.ask, days=10, reason="材料需要进一步核实")
    stage.does("head-market", key, extending.approve)
    longer = told(stage, key)["limits"]
    assert longer["promised"]["spans"] == [
        *before["promised"]["spans"],
        {"days": 10, "unit": "working_day", "rolls": False},
    ]
    assert longer["review-1"] == before["review-1"]
    stage.does(MARKET, key, reviewing.suspend, kind="inspection", officers="赵一、钱二")
    paused = told(stage, key)
    for code in ("promised", "statutory", "review-1"):
        assert paused["limits"][code]["ends_on"] > longer[code]["ends_on"]
        assert ends(paused, paused["limits"][code]) == paused["limits"][code]["ends_on"]
    recounted(paused)


def test_a_year_that_is_not_published_is_named_and_not_guessed(stage: Scene) -> None:
    with stage.later(days=(date(2026, 12, 28) - date(2026, 3, 2)).days):
        key = stage.applied("chen", NURSE)
        stage.accepted(key)
        found = told(stage, key)
        stage.withdrawn("chen", key)
    assert found["unpublished"] == 2027
    assert found["limits"]["statutory"]["ends_on"] is None
    recounted(found)
