"""Cards come once, end by themselves or get graver; one worker after another changes nothing."""

from servicehall.handling import acceptance
from servicehall.kernel.work import SYSTEM
from servicehall.monitoring import carding
from servicehall.monitoring.models import Card
from tests.cases.halls import ID_CARD, NURSE, Scene


def watched(stage: Scene) -> None:
    """Rounds of the worker until nothing is left to do."""
    while True:
        with stage.hall.work(SYSTEM) as work:
            more = carding.watch(work)
            if work.unfinished:
                work.commit()
        if not more:
            return


def cards(stage: Scene, key: str) -> dict[str, Card]:
    with stage.work("auditor") as work:
        number = stage.case(work, key).number
        found = work.session.query(Card).filter_by(case_number=number).all()
        for card in found:
            _ = card.steps
        return {card.signal: card for card in found}


def test_a_card_comes_once_and_gets_graver_when_nobody_answers(stage: Scene) -> None:
    key = stage.applied("wang", ID_CARD)
    watched(stage)
    assert cards(stage, key) == {}
    with stage.later(days=7):
        watched(stage)
        watched(stage)
        card = cards(stage, key)["receipt-slow"]
        assert (card.grade, card.state) == (2, "raised")
        assert card.due_on
        assert card.number.startswith("JC2026")
        assert len(card.number) <= 20  # 监察编号 an..20
    with stage.later(days=14):
        watched(stage)
        card = cards(stage, key)["receipt-slow"]
        assert (card.grade, [step.act for step in card.steps]) == (3, ["raised", "worsened"])
    with stage.later(days=30):
        watched(stage)
        assert cards(stage, key)["receipt-slow"].grade == 3  # there is nothing graver
    stage.does("clerk", key, acceptance.refuse, reason="不属于本机关职权范围")


def test_a_prompt_ends_by_itself_once_the_step_is_done(stage: Scene) -> None:
    with stage.later(days=42):  # time only goes on in this module
        key = stage.applied("wang", NURSE)
        stage.accepted(key)
        with stage.work("auditor") as work:
            due, today = stage.case(work, key).reviews[0].due_on, work.today()
        assert due
        with stage.later(days=(due - today).days):
            watched(stage)
            card = cards(stage, key)["promise-near"]
            assert (card.grade, card.due_on, card.state) == (1, None, "raised")
            stage.withdrawn("wang", key)
        with stage.later(days=(due - today).days, minutes=11):
            watched(stage)
            card = cards(stage, key)["promise-near"]
            assert (card.state, card.steps[-1].act) == ("closed", "lifted")


def test_the_dates_are_gone_over_every_ten_minutes(stage: Scene) -> None:
    watched(stage)
    key = stage.applied("chen", ID_CARD)
    with stage.later(days=120):
        watched(stage)
        number = len(cards(stage, key))
        assert number
    with stage.later(days=120, minutes=5):
        late = stage.applied("chen", NURSE)
        with stage.hall.work(SYSTEM) as work:
            assert not carding.watch(work)
        assert cards(stage, late) == {}


def test_a_card_whose_day_nobody_can_know_yet_is_no_prompt(stage: Scene) -> None:
    """At the end of a year the next one's calendar may not be published: the card stands."""
    key = stage.applied("wang", ID_CARD)
    with stage.later(days=299):  # 2026-12-26
        watched(stage)
        raised = cards(stage, key)["receipt-slow"]
        assert raised.due_on
    with stage.later(days=304):  # 2026-12-31: three working days end in 2027
        watched(stage)
        card = cards(stage, key)["receipt-slow"]
        assert (card.due_on, card.state) == (None, "raised")
    with stage.later(days=304, minutes=11):
        watched(stage)
        assert cards(stage, key)["receipt-slow"].state == "raised"
