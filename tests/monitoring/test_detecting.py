"""Whatever is late, or against the law, is found; whatever is in time is not."""

import pytest

from servicehall.feedback import ratings
from servicehall.handling import acceptance, reviewing
from servicehall.kernel.errors import Conflict
from servicehall.kernel.work import SYSTEM
from servicehall.monitoring import detecting
from tests.cases.halls import FOOD, ID_CARD, NURSE, Scene


def signals(stage: Scene, key: str) -> dict[str, str]:
    """What is found about a case now: rule → department that answers."""
    with stage.work("auditor") as work:
        found = [f for f in detecting.by_date(work) if f.case.key == key]
        recorded, _ = detecting.by_record(work, 0)
        found += [f for f in recorded if f.case.key == key]
        return {finding.signal: finding.department for finding in found}


def until(stage: Scene, key: str, name: str) -> int:
    """Days from now to a date of the case."""
    with stage.work("auditor") as work:
        day = getattr(stage.case(work, key), name)
        assert day is not None
        return int((day - work.today()).days)


def test_nobody_takes_a_case_up(stage: Scene) -> None:
    key = stage.applied("wang", ID_CARD)
    assert signals(stage, key) == {}
    with stage.later(days=7):
        assert "receipt-slow" in signals(stage, key)
    stage.withdrawn("wang", key)


def test_a_decision_that_is_late_more_and_more(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    stage.accepted(key)
    assert signals(stage, key) == {}
    with stage.work("auditor") as work:
        own = stage.case(work, key).department
    with stage.later(days=until(stage, key, "due_on")):
        assert set(signals(stage, key)) <= {"promise-near", "step-overdue"}
        assert signals(stage, key)
    with stage.later(days=until(stage, key, "due_on") + 1):
        late = signals(stage, key)
        assert late["promise-overdue"] == own
        assert "step-overdue" in late
        assert "promise-near" not in late
        assert "statute-overdue" not in late
    with stage.later(days=until(stage, key, "statutory_on") + 1):
        assert "statute-overdue" in signals(stage, key)
    stage.agreed("reviewer-health", key)
    with stage.later(days=until(stage, key, "due_on") + 1):
        assert "step-overdue" not in signals(stage, key)
    stage.withdrawn("wang", key)
    with stage.later(days=900):
        assert signals(stage, key) == {}


def test_a_procedure_that_does_not_end(stage: Scene) -> None:
    firm = stage.firm()
    key = stage.applied("li", FOOD, firm)
    stage.accepted(key)
    with stage.work("auditor") as work:
        kind = stage.case(work, key).item.specials[0].kind
    stage.does("reviewer-market", key, reviewing.suspend, kind=kind, officers="王一，李二")
    with stage.work("auditor") as work:
        days = (stage.case(work, key).pauses[0].planned_end - work.today()).days
    with stage.later(days=days):
        assert "procedure-overdue" not in signals(stage, key)
    with stage.later(days=days + 1):
        assert "procedure-overdue" in signals(stage, key)


def test_a_second_correction_leaves_its_trace(stage: Scene) -> None:
    key = stage.applied("wang", ID_CARD)
    stage.does("clerk", key, acceptance.ask_correction, points=["照片不清楚"])
    stage.submit("wang", key, submit_key="again")
    with stage.hall.work(stage.actor("clerk")) as work:
        case = stage.case(work, key)
        with pytest.raises(Conflict):
            acceptance.ask_correction(work, case, ["还是不清楚"], version=case.version)
        work.keep_refusals()
    assert "correction-again" in signals(stage, key)
    stage.does("clerk", key, acceptance.refuse, reason="不属于本机关职权范围")


def test_a_fee_other_than_the_published_one(stage: Scene) -> None:
    key = stage.applied("chen", ID_CARD)
    stage.accepted(key)
    assert "fee-undeclared" not in signals(stage, key)  # the published one was billed
    with stage.work("clerk") as work:
        work.record("bill.raised", key, fen=99_00)
    assert "fee-undeclared" in signals(stage, key)


def test_a_result_that_is_not_delivered_in_time(stage: Scene) -> None:
    """The timer puts it on record (tests/handling/test_delivering.py); the department answers."""
    key = stage.applied("wang", ID_CARD)
    with stage.work("auditor") as work:
        own = stage.case(work, key).department
    with stage.hall.work(SYSTEM) as work:
        work.record("case.delivery_late", key)
        work.commit()
    assert signals(stage, key)["delivery-late"] == own
    stage.withdrawn("wang", key)


def test_a_bad_rating_nobody_answers(stage: Scene) -> None:
    key = stage.applied("chen", NURSE)
    stage.does("clerk", key, acceptance.refuse, reason="不属于本机关职权范围")
    with stage.work("chen") as work:
        ratings.rate(work, stage.case(work, key), 2, "说不清楚")
    assert signals(stage, key) == {}
    with stage.later(days=4):
        assert set(signals(stage, key)) == {"rating-unanswered"}
    with stage.later(days=30):
        assert set(signals(stage, key)) == {"rating-unanswered", "rating-unmended"}


def test_the_record_is_read_on_from_where_it_was_left(stage: Scene) -> None:
    with stage.work("auditor") as work:
        found, last = detecting.by_record(work, 0)
        assert found
        assert detecting.by_record(work, last) == ([], last)
