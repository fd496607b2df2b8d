"""Delivering: online at once; on paper with who took it and what proves it; late is said once."""

import pytest

from servicehall.cases.states import State
from servicehall.documents import filing
from servicehall.handling import decisions, delivering, sweeping
from servicehall.kernel.errors import Conflict, Forbidden, Invalid
from servicehall.kernel.work import SYSTEM
from tests.cases.halls import FOOD, Scene

MARKET = "reviewer-market"


def made(stage: Scene, how: str) -> str:
    """The key of a case whose license is made and waits to be delivered."""
    key = stage.applied("li", FOOD, stage.firm(), delivery=how)
    stage.accepted(key)
    stage.agreed(MARKET, key)
    stage.rechecked(MARKET, key)
    stage.does(MARKET, key, decisions.grant)
    with stage.work(MARKET) as work:
        decisions.finish(work, stage.case(work, key))
    return key


def test_a_paper_license_is_handed_over_or_late(stage: Scene) -> None:
    key = made(stage, "post")
    assert stage.state(key) is State.MADE
    for days, late in ((14, False), (15, True), (16, False)):  # ten working days: until 16 March
        with stage.later(days=days), stage.hall.work(SYSTEM) as work:
            assert sweeping.warn_one(work) is late
            if work.unfinished:
                work.commit()
    with pytest.raises(Forbidden):
        stage.does(MARKET, key, delivering.deliver, taken_by="李四", proof="EMS-1")
    for taken_by, proof, field in ((" ", "EMS-1", "taken_by"), ("李四", "", "proof")):
        with pytest.raises(Invalid) as refused:
            stage.does("clerk", key, delivering.deliver, taken_by=taken_by, proof=proof)
        assert refused.value.field == field
    stage.does("clerk", key, delivering.deliver, taken_by="李四", proof="EMS-0001")
    with pytest.raises(Conflict):
        stage.does("clerk", key, delivering.deliver, taken_by="李四", proof="EMS-0001")
    with stage.work("clerk") as work:
        case = stage.case(work, key)
        assert case.state is State.CLOSED
        assert case.delivery
        assert case.delivery.late_at
        paper = filing.of(work, key)[-1]
        assert paper.kind == "delivery"
        words = "\n".join(paper.words["paragraphs"])
        for told in ("邮寄送达", "李四", "运单号：EMS-0001"):
            assert told in words
    with stage.work(MARKET) as work:
        decisions.finish(work, stage.case(work, key))
        assert not work.unfinished
