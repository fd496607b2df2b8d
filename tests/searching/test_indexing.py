"""Adding and taking away, one by one, ends in the very index that is built at once."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from servicehall.searching import indexing, matching, rebuilding, tokens
from servicehall.searching.indexing import Name
from servicehall.searching.models import SearchPlace
from tests.searching.conftest import FOOD, NURSE, SHORT

TOP = indexing.first(5)


def found(work, word):
    return matching.names(work.session, [[tokens.grams(word)]], before=TOP, most=10)


def test_names_come_by_weight_and_length(work):
    held = {name: {"b": 1} for name in (SHORT, FOOD, NURSE)}
    keys = indexing.change(work.session, held)
    assert sorted(keys, key=keys.__getitem__) == [NURSE, FOOD, SHORT]
    assert indexing.change(work.session, {FOOD: {"b": 1}}) == {FOOD: keys[FOOD]}


def test_a_name_nobody_holds_is_forgotten(work):
    indexing.change(work.session, {FOOD: {"b": 2, "b44": 2}})
    indexing.change(work.session, {FOOD: {"b": -1, "b44": -1}})
    assert [row.text for row in found(work, "经营")] == ["食品经营许可新办"]
    assert indexing.change(work.session, {FOOD: {"b": -1, "b44": -1}}) == {}
    assert found(work, "经营") == []
    assert work.session.scalars(select(SearchPlace)).all() == []


def test_places_come_and_go(work):
    indexing.change(work.session, {FOOD: {"b44": 1}})
    indexing.change(work.session, {FOOD: {"b44": -1, "b45": 1}})

    def at(place):
        wanted = [[tokens.grams("经营")], [[tokens.PLACE + place]]]
        return matching.names(work.session, wanted, before=TOP, most=10)

    assert (len(at("b44")), len(at("b45"))) == (0, 1)


NAMES = st.sampled_from([FOOD, NURSE, SHORT, Name("取水许可"), Name("KTV")])
STEPS = st.lists(st.tuples(NAMES, st.sampled_from(["b44", "b4401", "a44"])), max_size=12)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.data())
def test_step_by_step_is_the_same_as_at_once(begin, steps, data):
    with begin() as work:
        held = {}
        for name, place in steps:
            there = held.setdefault(name, Counter())
            sign = -1 if there[place] and data.draw(st.booleans()) else 1
            there[place] += sign
            indexing.change(work.session, {name: {place: sign}})
        wanted = {name: +there for name, there in held.items() if +there}
        assert rebuilding.rebuild(work.session, wanted)[1] == 0
        work.rollback()
