"""Offering: before anything is opened one is told what will be done, how long it takes, what is asked."""

from servicehall.bundling import grouping, offering
from servicehall.kernel.work import SYSTEM
from tests.bundling.halls import CATERING, FOOD_SOLE, SIGN_SOLE, SOLE, Together


def test_what_is_taken_what_is_left_and_how_long(stage: Together) -> None:
    with stage.hall.work(SYSTEM) as work:
        bundle = grouping.declared(work, CATERING)
        told = offering.offer(work, bundle, {"venue": "no", "sign": "yes"})
    assert [item.code for _, item in told.taken] == [SOLE, FOOD_SOLE, SIGN_SOLE]
    assert len(told.left) == 1
    assert (told.days, [leg.days for leg in told.way]) == (6, [0, 6])
    person = next(one for one in told.asked if one.dataset == "population.person")
    assert person.fields == ("name", "number", "residence_address"), "the union, each once"
    assert len(person.purposes) == 3
    assert not person.agent


def test_what_is_offered_without_a_rule_is_ticked(stage: Together) -> None:
    with stage.hall.work(SYSTEM) as work:
        bundle = grouping.declared(work, "disability-support")
        asked = offering.choice(bundle)
        assert asked is not None
        (tick,) = asked.questions
        taken = offering.offer(work, bundle, {tick.code: "yes"}).taken
        assert len(taken) == 2
        assert len(offering.offer(work, bundle, {}).taken) == 1
        said = offering.said_of(bundle, {tick.code: "yes", "other": "x"})
    assert said == {bundle.members[1].item: "yes"}


def test_nothing_to_choose_asks_nothing(stage: Together) -> None:
    with stage.hall.work(SYSTEM) as work:
        bundle = grouping.declared(work, CATERING)
    assert offering.choice(bundle.model_copy(update={"questions": ()})) is None
