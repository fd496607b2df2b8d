"""Worklist: each case in exactly the lists of those who must do something; oldest first; lights."""

import pytest

from servicehall.handling import acceptance, worklist
from servicehall.handling.worklist import Which
from servicehall.kernel.errors import Forbidden
from tests.cases.halls import FOOD, ID_CARD, NURSE, Scene

HEALTH, MARKET = "reviewer-health", "reviewer-market"


def lists(stage: Scene, login: str, key: str) -> set[Which]:
    with stage.work(login) as work:
        pages = {which: worklist.queue(work, which).cases for which in worklist.WHICH}
    return {which for which, cases in pages.items() if key in {c.key for c in cases}}


def test_a_case_walks_through_the_lists(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    assert (lists(stage, "clerk", key), lists(stage, MARKET, key)) == ({"accept"}, set())
    stage.accepted(key)
    assert lists(stage, HEALTH, key) == {"review"}
    stage.agreed(HEALTH, key)
    assert lists(stage, HEALTH, key) == {"decide"}
    stage.granted(HEALTH, key)
    assert lists(stage, HEALTH, key) == lists(stage, "clerk", key) == {"done"}
    other = stage.applied("chen", ID_CARD)
    stage.does("clerk", other, acceptance.ask_correction, points=["照片不清晰"])
    assert lists(stage, "clerk", other) == {"correction"}
    with stage.work("clerk") as work:
        assert worklist.counts(work)["correction"] == 1
    with stage.work("wang") as work, pytest.raises(Forbidden):
        worklist.queue(work, "accept")


def test_pages_go_on_where_they_end(stage: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    for login in ("wang", "li"):
        stage.applied(login, ID_CARD)
    monkeypatch.setattr(worklist, "PAGE", 1)
    seen, after = [], 0
    with stage.work("clerk") as work:
        while True:
            page = worklist.queue(work, "accept", after=after)
            seen += [c.id for c in page.cases]
            if not (after := page.next):
                break
        assert seen == sorted(set(seen))
        assert len(seen) == worklist.counts(work)["accept"]


def test_the_light_turns_as_time_passes(stage: Scene) -> None:
    key = stage.applied("li", FOOD, stage.firm())
    stage.accepted(key)  # due on 10 March, eight days on
    seen = []
    for days in (0, 3, 4, 7, 8, 9):
        with stage.later(days=days), stage.work("auditor") as work:
            seen.append(worklist.light(work, stage.case(work, key)))
    assert seen == ["green", "green", "yellow", "yellow", "red", "overdue"]
    draft = stage.begin("chen", NURSE)
    with stage.work("auditor") as work:
        assert worklist.light(work, stage.case(work, draft)) == "none"
