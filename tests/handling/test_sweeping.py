"""Sweeping: what was cut off is finished, silence is acceptance, and again changes nothing."""

from servicehall.cases.states import State
from servicehall.handling import decisions, sweeping
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import wallet
from tests.cases.halls import ID_CARD, NURSE, Scene


def test_a_grant_cut_off_is_finished(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    stage.accepted(key)
    stage.agreed("reviewer-health", key)
    stage.rechecked("reviewer-health", key)
    stage.does("reviewer-health", key, decisions.grant)  # and here the power fails
    assert stage.state(key) is State.GRANTED
    with stage.hall.work(SYSTEM) as work:
        assert sweeping.finish_one(work)
        work.commit()
        assert not sweeping.finish_one(work)
    assert stage.state(key) is State.CLOSED
    with stage.work("wang") as work:
        assert len(wallet.mine(work)) == 1


def test_silence_is_acceptance_only_when_the_days_are_over(stage: Scene) -> None:
    key = stage.applied("chen", ID_CARD)
    for days, accepted in ((7, False), (8, True)):  # five working days: until 9 March
        with stage.later(days=days), stage.hall.work(SYSTEM) as work:
            assert sweeping.accept_one(work) is accepted
            if work.unfinished:
                work.commit()
    assert stage.state(key) is State.ACCEPTED
    with stage.later(days=30), stage.hall.work(SYSTEM) as work:
        assert not sweeping.accept_one(work)
