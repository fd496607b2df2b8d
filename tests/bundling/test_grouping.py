"""Grouping: one consent, one submission, every child a case of its own."""

import pytest
from sqlalchemy import select

from servicehall.applying import intake
from servicehall.bundling import grouping
from servicehall.cases.states import State
from servicehall.documents.models import Document
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.notices.models import Notice
from servicehall.registries.models import Ground
from tests.bundling.halls import (
    BIRTH,
    CATERING,
    EMPLOYMENT,
    FIRE_SOLE,
    FOOD_SOLE,
    NEWBORN,
    SIGN_SOLE,
    SOLE,
    Together,
)

EVERYTHING = {"venue": "yes", "sign": "yes"}


def test_what_is_needed_is_begun_and_each_child_has_its_own_ground(stage: Together) -> None:
    key = stage.together("wang", CATERING, venue="no", sign="yes")
    assert list(stage.children(key)) == [SOLE, FOOD_SOLE, SIGN_SOLE]
    with stage.work("auditor") as work:
        group = stage.group(work, key)
        for member in group.members:
            ground = work.session.scalars(select(Ground).filter_by(matter=member.case.matter)).one()
            assert ground.item == member.item_code
            assert set(ground.needs) == {need.dataset for need in member.case.item.needs}
    assert stage.together("wang", CATERING, **EVERYTHING) == key, "an open one is resumed"
    with stage.work("wang") as work:
        assert grouping.withdraw(work, grouping.own(work, key)) == 3
    assert {state for _, state in stage.children(key).values()} == {State.WITHDRAWN}
    with stage.work("wang") as work:
        assert grouping.draft(work, CATERING) is None
        with pytest.raises(Conflict, match="没有可以撤回"):
            grouping.withdraw(work, grouping.own(work, key))


def test_it_is_handed_in_once_what_waits_is_kept(stage: Together) -> None:
    key = stage.together("wang", CATERING, **EVERYTHING)
    with stage.work("wang") as work, pytest.raises(Invalid, match="请先补齐"):
        grouping.submit(work, grouping.own(work, key), key="once")
    stage.filled("wang", key, shop_name="春风面馆")
    child, _ = stage.children(key)[FOOD_SOLE]
    with stage.work("wang") as work, pytest.raises(Conflict, match="一起提交"):
        intake.submit(work, stage.case(work, child), key="alone")
    stage.handed_in("wang", key)
    stage.handed_in("wang", key)
    states = {item: state for item, (_, state) in stage.children(key).items()}
    waiting = dict.fromkeys((FOOD_SOLE, FIRE_SOLE, SIGN_SOLE), State.WAITING)
    assert states == {SOLE: State.SUBMITTED, **waiting}
    with stage.work("wang") as work:
        group = grouping.own(work, key)
        assert group.days == 6
        assert [code for code, _ in group.way] == [SOLE, FOOD_SOLE]
        assert group.number
        assert group.number[14] == "9"
        with pytest.raises(Conflict, match="已经提交"):
            grouping.submit(work, group, key="twice")


def test_one_child_can_be_taken_back_and_what_hangs_on_it_ends_with_a_letter(
    stage: Together,
) -> None:
    key = stage.together("chen", NEWBORN, insure="yes", card="no")
    stage.filled("chen", key)
    stage.handed_in("chen", key)
    birth, _ = stage.children(key)[BIRTH]
    stage.withdrawn("chen", birth)
    stage.moved()
    (lapsed,) = [k for k, state in stage.children(key).values() if state is State.LAPSED]
    with stage.work("auditor") as work:
        letter = work.session.scalars(select(Document).filter_by(matter=lapsed)).one()
        assert letter.kind == "lapse"
        notice = work.session.scalars(select(Notice).filter_by(matter=lapsed)).one()
        assert "单独申请" in notice.text


def test_an_organization_hires_somebody_on_one_form(stage: Together) -> None:
    firm = stage.firm()
    key = stage.together("li", EMPLOYMENT, firm, fund="yes")
    stage.filled("li", key, firm)
    stage.handed_in("li", key, firm)
    states = [state for _, state in stage.children(key).values()]
    assert states == [State.SUBMITTED, State.SUBMITTED, State.WAITING]


def test_nobody_else_sees_it(stage: Together) -> None:
    key = stage.together("wang", NEWBORN, insure="no", card="no")
    with stage.work("chen") as work, pytest.raises(NotFound):
        grouping.own(work, key)
    with stage.work("chen") as work, pytest.raises(NotFound):
        grouping.withdraw(work, stage.group(work, key))
    with stage.work("wang") as work, pytest.raises(NotFound):
        grouping.begin(work, "moon", {})
