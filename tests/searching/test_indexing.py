"""Adding and taking away, one by one, ends in the very index that is built at once."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from servicehall.searching import indexing, matching, tokens
from servicehall.searching.indexing import Name
from servicehall.searching.models import SearchDocument, SearchPlace
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


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
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
        assert indexing.rebuild(work.session, wanted)[1] == 0
        work.rollback()


def test_whatever_is_broken_is_mended(work):
    held = {FOOD: {"b": 2, "b44": 1}, NURSE: {"b": 1}}
    keys, mended = indexing.rebuild(work.session, held)
    assert mended
    assert indexing.rebuild(work.session, held) == (keys, 0)
    work.session.execute(update(SearchDocument).values(tokens="cx"))
    work.session.execute(update(SearchPlace).values(number=9))
    work.session.add(SearchPlace(name_id=5, place="b", number=1))
    work.session.flush()
    assert indexing.rebuild(work.session, held)[1] == 6
    assert indexing.rebuild(work.session, {FOOD: {"b": 1}})[1]
    assert [row.text for row in found(work, "许可")] == ["食品经营许可新办"]
    assert found(work, "护士") == []


def test_comparing_names_what_differs_and_mends_nothing(work):
    held = {FOOD: {"b": 2, "b44": 1}, NURSE: {"b": 1}}
    keys, _ = indexing.rebuild(work.session, held)
    assert indexing.compare(work.session, held) == (keys, [])
    work.session.execute(update(SearchDocument).values(tokens="cx"))
    work.session.execute(update(SearchPlace).values(number=9))
    work.session.add(SearchDocument(id=5, tokens="cy"))
    work.session.flush()
    told = indexing.compare(work.session, {**held, SHORT: {"b": 1}})[1]
    assert [line.split(", such as")[0] for line in told] == [
        "1 names that are missing", "2 names with other tokens",
        "3 numbers at places that are wrong", "3 numbers at places that are missing",
        "1 lists of tokens without a name",
    ]  # fmt: skip
    assert indexing.compare(work.session, {**held, SHORT: {"b": 1}})[1] == told
    assert indexing.compare(work.session, {FOOD: held[FOOD]})[1][0].startswith("1 names nobody")


def test_an_index_out_of_step_is_noticed(work):
    indexing.rebuild(work.session, {FOOD: {"b": 1}})
    if work.session.get_bind().dialect.name == "sqlite":
        asked = "INSERT INTO search_token (search_token) VALUES ('delete-all')"
        work.session.execute(text(asked))
        assert found(work, "经营") == []
        assert len(indexing.compare(work.session, {FOOD: {"b": 1}})[1]) == 1
        assert indexing.rebuild(work.session, {FOOD: {"b": 1}})[1] == 1
    assert len(found(work, "经营")) == 1
