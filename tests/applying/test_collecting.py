"""Collecting: what another region handles is taken in where its item allows it, and no more."""

import pytest

from servicehall.applying import collecting, intake
from servicehall.cases import prefill
from servicehall.cases.states import State
from servicehall.catalogue import items
from servicehall.city.town import town
from servicehall.handling import acceptance
from servicehall.identity import attending
from servicehall.kernel.errors import Forbidden, Invalid, NotFound
from servicehall.kernel.work import UnitOfWork
from tests.cases.halls import ALLOWANCE, ID_CARD, Scene

CHEN = town().cast.chen


def at_the_counter(work: UnitOfWork) -> None:
    """Chen stands before the clerk and shows her card."""
    made = attending.identify(
        work, number=CHEN.number, name=CHEN.name, phone="", document="id_card"
    )
    work.session.flush()
    work.actor = attending.acting(work, work.actor, made.key)


def begun(stage: Scene, login: str, item: str) -> str:
    with stage.work(login) as work:
        at_the_counter(work)
        case = intake.begin(work, item, words="同意")
        calls = prefill.plan(work, case)
        work.commit()
        prefill.fetch(work, case, calls)
        return case.key


def handed_in(stage: Scene, login: str, key: str, *, formal: bool = True) -> None:
    with stage.work(login) as work:
        at_the_counter(work)
        case = stage.case(work, key)
        once = f"{case.key}-{formal}-{case.version}"
        intake.submit(work, case, key=once, address="示范路 1 号 101 室", formal=formal)


def test_the_scope_of_the_item_says_where_it_may_be_taken_in(stage: Scene) -> None:
    with stage.work("clerk-newtown") as work:
        offered = [entry.current.item for entry in items.applicable(work)]
        here = {item.code for item in collecting.receivable(work, offered)}
        for item in offered:
            within = {"city", "province", "nation"} & set(item.crossing)
            of_the_city = item.region == "990100000000"
            assert (item.code in here) == (bool(within) or of_the_city), item.name
    assert 0 < len(here) < len(offered)
    closed = next(item for item in offered if item.code not in here)
    with stage.work("clerk-newtown") as work:
        at_the_counter(work)
        with pytest.raises(Forbidden, match="通办范围不包括本窗口"):
            collecting.require_here(work, closed)
    with stage.work("clerk") as work:
        assert collecting.receivable(work, offered) == offered


def test_the_far_window_takes_in_and_the_office_accepts(stage: Scene) -> None:
    key = begun(stage, "clerk-newtown", ID_CARD)
    stage.fill("chen", key)
    with pytest.raises(Invalid, match="形式"):
        handed_in(stage, "clerk-newtown", key, formal=False)
    handed_in(stage, "clerk-newtown", key)
    with stage.work("clerk-newtown") as work:
        (one,) = collecting.mine(work)
        assert (one.case.key, one.corrects, collecting.waits(one)) == (key, False, True)
        assert collecting.one(work, one.case.number or "").id == one.id
        assert one.case.department == one.case.item.department
    with stage.work("clerk") as work, pytest.raises(NotFound):
        collecting.one(work, one.case.number or "")
    stage.accepted(key)
    assert stage.state(key) is State.ACCEPTED


def test_a_correction_is_answered_at_the_far_window(stage: Scene) -> None:
    key = begun(stage, "clerk-newtown", ALLOWANCE)
    stage.fill("chen", key)
    handed_in(stage, "clerk-newtown", key)
    stage.does("clerk", key, acceptance.ask_correction, points=["照片不清晰"])
    handed_in(stage, "clerk-newtown", key)
    assert stage.state(key) is State.SUBMITTED
    with stage.work("clerk-newtown") as work:
        assert [one.corrects for one in collecting.of_case(work, stage.case(work, key))] == [
            False, True,
        ]  # fmt: skip


def test_at_the_window_of_the_region_nothing_is_taken_in_for_others(stage: Scene) -> None:
    key = begun(stage, "clerk", ID_CARD)
    stage.fill("chen", key)
    handed_in(stage, "clerk", key, formal=False)
    with stage.work("clerk") as work:
        assert collecting.of_case(work, stage.case(work, key)) == []
        assert collecting.mine(work) == []
