"""Releasing: what waited is handed in once its predecessor is done, its license taken from there."""

from sqlalchemy import select

from servicehall.bundling import grouping, outlook
from servicehall.cases import prefill
from servicehall.cases.states import State
from servicehall.cli import serving
from servicehall.handling import acceptance
from servicehall.identity import directory
from servicehall.licenses import library, wallet
from servicehall.oversight import integrity
from servicehall.registries.models import Ground
from tests.bundling.halls import BIRTH, CATERING, FOOD_SOLE, NEWBORN, SIGN_SOLE, SOLE, Together


def test_the_whole_restaurant_opens(stage: Together) -> None:
    """王 opens a restaurant: four cases, three departments, one registration that all rest on."""
    key = stage.together("wang", CATERING, venue="yes", sign="yes")
    stage.filled("wang", key, shop_name="春风面馆")
    stage.handed_in("wang", key)
    stage.moved()
    children = stage.children(key)
    assert children[FOOD_SOLE][1] is State.WAITING, "its predecessor is not decided yet"
    stage.through(children[SOLE][0])
    serving.one_round(stage.hall)
    states = {item: state for item, (_, state) in stage.children(key).items()}
    assert states.pop(SOLE) is State.CLOSED
    assert set(states.values()) == {State.SUBMITTED}
    with stage.work("auditor") as work:
        food = stage.case(work, children[FOOD_SOLE][0])
        how = {row.code: row.how for row in food.materials}
        assert how["registration"] == "license", "taken from the library, never asked for"
        ground = work.session.scalars(select(Ground).filter_by(matter=food.matter)).one()
        assert ground.closed_at is None
    for item in stage.children(key):
        if item != SOLE:
            stage.through(children[item][0])
    with stage.work("wang") as work:
        group = grouping.own(work, key)
        assert outlook.standing(group) == "done"
        license = wallet.of_case(work, group.members[1].case.number)
        assert license is not None
        faces = {face.code: face.value for face in license.record.faces}
        assert (faces["operator"], faces["address"]) == ("春风面馆", "示范路 1 号")
    with stage.work("auditor") as work:
        assert not list(integrity.breaches(work, stage.hall.heads()))


def test_a_refused_predecessor_ends_what_waits_for_it(stage: Together) -> None:
    key = stage.together("chen", CATERING, venue="no", sign="yes")
    stage.filled("chen", key)
    stage.handed_in("chen", key)
    children = stage.children(key)
    stage.does("clerk", children[SOLE][0], acceptance.refuse, reason="不属于本机关职权范围")
    serving.one_round(stage.hall)
    states = {item: state for item, (_, state) in stage.children(key).items()}
    assert states[FOOD_SOLE] is State.LAPSED
    assert states[SIGN_SOLE] is State.LAPSED
    with stage.work("chen") as work:
        group = grouping.own(work, key)
        assert outlook.standing(group) == "ended"
        stops = [stop for stage_ in outlook.stages(group) for stop in stage_]
        assert [stop.cause.item_code for stop in stops if stop.cause] == [SOLE, SOLE]
    with stage.work("auditor") as work:
        assert not list(integrity.breaches(work, stage.hall.heads()))


def test_what_is_missing_after_all_is_given_back(stage: Together) -> None:
    """A registry lost its answer meanwhile: the case becomes a draft that is completed alone."""
    key = stage.together("wang", NEWBORN, insure="yes", card="no")
    stage.filled("wang", key)
    stage.handed_in("wang", key)
    children = stage.children(key)
    (insurance,) = [k for item, (k, _) in children.items() if item != BIRTH]
    with stage.work("auditor") as work:
        case = stage.case(work, insurance)
        case.answers = {}
        work.record("test.forgot", case.matter)
    stage.through(children[BIRTH][0])
    stage.moved()
    with stage.work("auditor") as work:
        case = stage.case(work, insurance)
        assert (case.state, case.bundle) == (State.DRAFT, "")
        assert prefill.facts(case)
    stage.fill("wang", insurance)
    stage.submit("wang", insurance)
    assert stage.state(insurance) is State.SUBMITTED


def test_a_parent_registers_a_second_child(stage: Together) -> None:
    """The page of the first child is no obstacle; the second one's own page replaces the paper."""
    for child in ("王小满", "王小暑"):
        key = stage.together("chen", NEWBORN, insure="yes", card="no")
        stage.filled("chen", key, child_name=child)
        stage.handed_in("chen", key)
        birth, _ = stage.children(key)[BIRTH]
        stage.through(birth)
        stage.moved()
        with stage.work("chen") as work:
            _, code, _ = directory.holder(work, work.actor.party)
            page = library.held(work, code, "household-register")
            assert page
            assert child in {face.value for face in page.record.faces}
            rest = [k for item, (k, _) in stage.children(key).items() if item != BIRTH]
            for one in rest:
                rows = {row.code: row for row in stage.case(work, one).materials}
                assert rows["household"].evidence["license"] == page.identifier
