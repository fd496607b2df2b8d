"""The trace of a case's dates is enough to count them again, and reads as a person would count."""

import json
from datetime import date, timedelta
from itertools import pairwise

import pytest

from servicehall.cases import tracing
from servicehall.cases.states import State
from servicehall.cli.explaining import lines
from servicehall.cli.main import main
from servicehall.handling import reviewing
from servicehall.identity import directory, mandates
from servicehall.wiring import Hall
from tests.journeys.stage import Stage
from tests.lives.recount import ends, recounted

FOOD = "11990101000000318U499013100100001"
NURSE = "119901010000002388499012300200001"


@pytest.fixture
def inspected(hall: Hall) -> tuple[Stage, str]:
    """A food license whose clock stands still for an inspection."""
    stage = Stage(hall)
    with stage.work("li") as work:
        firm = mandates.of(work, directory.person(work, work.actor.person))[0].organization.code
    key = stage.applied("li", FOOD, firm)
    stage.accepted(key)
    with stage.work("reviewer-market") as work:
        kind = stage.case(work, key).item.specials[0].kind
    stage.does("reviewer-market", key, reviewing.suspend, kind=kind, officers="赵一，钱二")
    return stage, key


def test_the_dates_can_be_counted_again(inspected) -> None:
    stage, key = inspected
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        assert case.state is State.SUSPENDED
        told = json.loads(json.dumps(tracing.trace(work, case)))
        assert told["procedures"]
        limits = told["limits"]
        assert {"acceptance", "promised", "statutory", "review-1"} == set(limits)
        assert ends(told, limits["promised"]) == str(case.due_on)
        assert ends(told, limits["statutory"]) == str(case.statutory_on)
        assert ends(told, limits["review-1"]) == str(case.reviews[0].due_on)
        recounted(told)
    days = [date.fromisoformat(one["day"]) for one in told["days"]]
    assert all(b - a == timedelta(days=1) for a, b in pairwise(days))


def test_it_is_told_in_words(inspected, capsys, monkeypatch) -> None:
    stage, key = inspected
    with stage.work("auditor") as work:
        number = stage.case(work, key).number
    monkeypatch.setenv("HALL_DATA", str(stage.hall.settings.folder))
    monkeypatch.setenv("HALL_DATABASE_URL", stage.hall.settings.database_url)
    assert main(["clock", "explain", number]) == 0
    told = capsys.readouterr().out
    for words in (number, "受理当日不计算", "承诺办结第 1 日", "不计入期限"):
        assert words in told
    assert main(["clock", "explain", number, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["case"] == number
    assert main(["clock", "explain", "9901012026010110000000X"]) == 2


def test_what_is_not_accepted_has_no_days_yet(hall: Hall) -> None:
    stage = Stage(hall)
    key = stage.applied("wang", NURSE)
    with stage.work("wang") as work:
        told = tracing.trace(work, stage.case(work, key))
    assert set(told["limits"]) == {"acceptance"}
    assert "还没有受理" in "\n".join(lines(told))
