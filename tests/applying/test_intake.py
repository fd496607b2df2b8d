"""Intake: begun with consent, resumed, withdrawn; handed in exactly once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from servicehall.applying import intake
from servicehall.cases.states import State
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.cases.halls import FOOD, ID_CARD, NURSE, Scene

RENEWAL = "11990101000000318U499013100100002"


def test_an_open_draft_is_resumed(stage: Scene) -> None:
    key = stage.begin("wang", ID_CARD)
    assert stage.begin("wang", ID_CARD) == key
    assert stage.begin("chen", ID_CARD) != key
    stage.withdrawn("wang", key)
    assert stage.begin("wang", ID_CARD) != key


def test_who_may_not_apply_is_told_why(stage: Scene) -> None:
    for login, item, organization, error, words in (
        ("clerk", ID_CARD, "", Forbidden, "权限"),
        ("li", FOOD, "", Forbidden, "切换到您代表的单位"),
        ("li", ID_CARD, stage.firm(), Forbidden, "切换回个人"),
        ("li", RENEWAL, stage.firm(), Invalid, "不能办理延续"),
        ("wang", "no-such-item", "", NotFound, None),
    ):
        with pytest.raises(error, match=words):
            stage.begin(login, item, organization)


def test_who_holds_one_needs_no_second(stage: Scene) -> None:
    stage.granted_nurse()
    with pytest.raises(Conflict, match="不需要重复申请"):
        stage.begin("wang", NURSE)


def test_a_gap_is_named_and_no_number_is_used(stage: Scene) -> None:
    key = stage.begin("chen", ID_CARD)
    with pytest.raises(Invalid, match="请先补齐"):
        stage.submit("chen", key)
    with stage.work("chen") as work:
        assert stage.case(work, key).number is None


def test_the_same_form_sent_twice_is_one_case(stage: Scene) -> None:
    key = stage.ready("chen", ID_CARD)
    with ThreadPoolExecutor(4) as pool:
        numbers = set(pool.map(lambda _: stage.submit("chen", key, submit_key="once"), range(4)))
    assert len(numbers) == 1
    with pytest.raises(Conflict):
        stage.submit("chen", key, submit_key="another form")
    with stage.work("chen") as work, pytest.raises(NotFound):
        intake.submit(work, stage.case(work, stage.begin("wang", ID_CARD)), key="foreign")


def test_withdrawing_ends_it_and_hides_it(stage: Scene) -> None:
    key = stage.applied("li", ID_CARD)
    with stage.work("wang") as work, pytest.raises(NotFound):
        intake.withdraw(work, stage.case(work, key))
    stage.withdrawn("li", key)
    assert stage.state(key) is State.WITHDRAWN
    with stage.work("li") as work:
        assert key not in {c.key for c in intake.mine(work)}
        assert intake.draft(work, ID_CARD) is None


def test_keys_for_submission_never_repeat() -> None:
    assert len({intake.new_submit_key() for _ in range(100)}) == 100
