"""Calling: who booked is called in the slot, others in order; who does not come is passed; no names."""

import pytest

from servicehall.city.offices import window
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.visits import booking, calling
from tests.cases.halls import Scene

HALL = window().code


def drawn(stage: Scene, code: str = "") -> int:
    with stage.work("clerk") as work:
        return calling.draw(work, HALL, booking=code).number


def called(stage: Scene, login: str = "clerk") -> int:
    with stage.work(login) as work:
        ticket = calling.call(work, HALL, window="3 号")
        return ticket.number if ticket else 0


def ended(stage: Scene, *, came: bool, login: str = "clerk") -> None:
    with stage.work(login) as work:
        calling.end(work, HALL, came=came)


def test_the_booked_one_is_called_in_time_and_others_in_order(stage: Scene) -> None:
    with stage.work("wang") as work:
        code = booking.book(work, HALL, work.today(), 810).key
    assert called(stage) == 0
    assert [drawn(stage), drawn(stage)] == [1, 2]
    with stage.later(minutes=90):  # half past one
        assert drawn(stage, code) == 3
        with pytest.raises(Invalid):
            drawn(stage, code)
        with stage.work("clerk") as work:
            assert (calling.board(work, HALL).waiting, calling.board(work, HALL).minutes) == (3, 30)
        assert called(stage) == 3
        with pytest.raises(Conflict):
            called(stage)
        assert called(stage, "clerk-two") == 1
        ended(stage, came=True)
        ended(stage, came=False, login="clerk-two")
        with pytest.raises(NotFound):
            ended(stage, came=True)
        assert called(stage) == 2
        with stage.work("clerk") as work:
            board = calling.board(work, HALL)
            assert [(t.number, t.window) for t in board.called] == [(2, "3 号")]
            assert board.waiting == 0
        ended(stage, came=True)


def test_what_is_not_said_or_not_allowed(stage: Scene) -> None:
    for said in ("", " ", "一" * 11):
        with stage.work("clerk") as work, pytest.raises(Invalid):
            calling.call(work, HALL, window=said)
    with pytest.raises(Invalid):
        drawn(stage, "nothing")
    with stage.work("wang") as work, pytest.raises(Forbidden):
        calling.draw(work, HALL)
    with stage.work("clerk") as work:
        for verb in (calling.draw, calling.board):
            with pytest.raises(NotFound):
                verb(work, "nowhere")
