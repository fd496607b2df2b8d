"""The supervisor's cards: figures with a chart, filters that keep, an empty state that says why."""

from tests.cases.halls import NURSE, Scene, SignIn
from tests.monitoring.test_responding import carded


def test_cards_are_found_and_filtered(stage: Scene, sign_in: SignIn) -> None:
    supervisor = sign_in("supervisor")
    assert "系统每十分钟检查一次" in supervisor.get("/console/cards").text
    case = stage.applied("wang", NURSE)
    key = carded(stage, case, "one")
    page = supervisor.get("/console/cards").text
    assert "hall-chart" in page
    assert key in page
    assert key in supervisor.get("/console/cards?grade=2&state=raised").text
    assert "没有这样的监察牌" in supervisor.get("/console/cards?grade=3").text
    assert supervisor.get("/console/cards/none").status_code == 404
    bad = supervisor.post(f"/console/cards/{key}", data={"act": "close", "words": "已经确认办结"})
    assert bad.status_code == 409  # nobody answered yet
    good = {"act": "withdraw", "words": "发牌有误，予以撤销"}
    assert supervisor.post(f"/console/cards/{key}", data=good).status_code == 302
