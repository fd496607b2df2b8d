"""Consent: asked once, for one question; a yes holds ten days and may be taken back."""

import pytest

from servicehall.kernel.errors import Conflict, NotFound
from servicehall.lending import agreeing
from servicehall.notices import outbox
from tests.lending.conftest import system


def ask(stage, asked):
    with system(stage) as work:
        return agreeing.ask(work, asked).key


def state(stage, asked):
    with system(stage) as work:
        found = agreeing.known(work, asked, "nurse-certificate")
        return found.state if found else "none"


def test_asked_once_told_to_the_holder_answered_withdrawn(stage, asking):
    asked = asking()
    key = ask(stage, asked)
    assert ask(stage, asked) == key
    with stage.work("wang") as work:
        assert any("护士执业证书" in n.text % n.params for n in outbox.inbox(work))
        assert [one.key for one in agreeing.mine(work)] == [key]
        agreeing.answer(work, key, agreed=True)
    assert state(stage, asked) == "given"
    assert ask(stage, asked) == key
    with stage.work("wang") as work, pytest.raises(Conflict):
        agreeing.answer(work, key, agreed=False)
    with stage.work("wang") as work:
        agreeing.withdraw(work, key)
    assert state(stage, asked) == "none"
    with stage.work("wang") as work, pytest.raises(Conflict):
        agreeing.withdraw(work, key)
    assert ask(stage, asked) != key


def test_a_no_ends_it(stage, asking):
    asked = asking(certNo="1")
    key = ask(stage, asked)
    with stage.work("wang") as work:
        agreeing.answer(work, key, agreed=False)
    assert state(stage, asked) == "none"


def test_days_end_both_the_question_and_the_yes(stage, asking):
    asked = asking()
    key = ask(stage, asked)
    with stage.later(days=16), stage.work("wang") as work, pytest.raises(Conflict, match="过期"):
        agreeing.answer(work, key, agreed=True)
    with stage.work("wang") as work:
        agreeing.answer(work, key, agreed=True)
    with stage.later(days=10):
        assert state(stage, asked) == "given"
    with stage.later(days=11):
        assert state(stage, asked) == "none"


def test_anothers_is_not_there(stage, asking):
    key = ask(stage, asking())
    with stage.work("chen") as work, pytest.raises(NotFound):
        agreeing.answer(work, key, agreed=True)
    with stage.work("clerk") as work, pytest.raises(NotFound):
        agreeing.asked_by(work, key)
    with system(stage) as work, pytest.raises(NotFound):
        agreeing.asked_by(work, "no such")
    with system(stage) as work:
        assert agreeing.asked_by(work, key).key == key


def test_who_never_used_the_hall_cannot_be_asked(stage, asking):
    with system(stage) as work, pytest.raises(Conflict, match="没有使用本大厅"):
        agreeing.ask(work, asking(holderCode="110101199003071233"))
