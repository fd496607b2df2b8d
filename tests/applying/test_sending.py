"""Sending: the form's own question says how; a post needs a whole address."""

import pytest

from servicehall.applying import intake, sending
from servicehall.kernel.errors import Invalid
from tests.cases.halls import NURSE, Scene


def test_who_asks_for_nothing_gets_it_online(stage: Scene) -> None:
    key = stage.ready("wang", NURSE)
    with stage.work("wang") as work:
        case = stage.case(work, key)
        assert sending.way(case) == sending.ONLINE
        case.answers = {**case.answers, sending.QUESTION: "pigeon"}  # what no item offers
        assert sending.way(case) == sending.ONLINE
        work.rollback()


@pytest.mark.parametrize("address", ["", "路 1", "\u202e" * 9, "长" * 201])
def test_a_post_needs_a_whole_address(stage: Scene, address: str) -> None:
    key = stage.ready("wang", NURSE)
    with stage.work("wang") as work:
        case = stage.case(work, key)
        case.answers = {**case.answers, sending.QUESTION: "post"}
        with pytest.raises(Invalid) as refused:
            intake.submit(work, case, key="once", address=address)
        assert refused.value.field == "address"
        sending.choose(case, " 示范路 1 号 101 室 ")
        assert case.delivery
        assert (case.delivery.how, case.delivery.address) == ("post", "示范路 1 号 101 室")
        work.rollback()
