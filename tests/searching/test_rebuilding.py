"""What is broken is named, and mended; what is right is left alone."""

from sqlalchemy import text, update

from servicehall.searching import fulltext, indexing, matching, rebuilding, tokens
from servicehall.searching.models import SearchDocument, SearchPlace
from tests.searching.conftest import FOOD, NURSE, SHORT

TOP = indexing.first(5)


def found(work, word):
    return matching.names(work.session, [[tokens.grams(word)]], before=TOP, most=10)


def test_whatever_is_broken_is_mended(work):
    held = {FOOD: {"b": 2, "b44": 1}, NURSE: {"b": 1}}
    keys, mended = rebuilding.rebuild(work.session, held)
    assert mended
    assert rebuilding.rebuild(work.session, held) == (keys, 0)
    work.session.execute(update(SearchDocument).values(tokens="cx"))
    work.session.execute(update(SearchPlace).values(number=9))
    work.session.add(SearchPlace(name_id=5, place="b", number=1))
    work.session.flush()
    assert rebuilding.rebuild(work.session, held)[1] == 6
    assert rebuilding.rebuild(work.session, {FOOD: {"b": 1}})[1]
    assert [row.text for row in found(work, "许可")] == ["食品经营许可新办"]
    assert found(work, "护士") == []


def test_comparing_names_what_differs_and_mends_nothing(work):
    held = {FOOD: {"b": 2, "b44": 1}, NURSE: {"b": 1}}
    keys, _ = rebuilding.rebuild(work.session, held)
    assert rebuilding.compare(work.session, held) == (keys, [])
    work.session.execute(update(SearchDocument).values(tokens="cx"))
    work.session.execute(update(SearchPlace).values(number=9))
    work.session.add(SearchDocument(id=5, tokens="cy"))
    work.session.flush()
    told = rebuilding.compare(work.session, {**held, SHORT: {"b": 1}})[1]
    assert [line.split(", such as")[0] for line in told] == [
        "1 names that are missing", "2 names with other tokens",
        "3 numbers at places that are wrong", "3 numbers at places that are missing",
        "1 lists of tokens without a name",
    ]  # fmt: skip
    assert rebuilding.compare(work.session, {**held, SHORT: {"b": 1}})[1] == told
    assert rebuilding.compare(work.session, {FOOD: held[FOOD]})[1][0].startswith("1 names nobody")


def test_an_index_out_of_step_is_noticed(work):
    rebuilding.rebuild(work.session, {FOOD: {"b": 1}})
    if work.session.get_bind().dialect.name == "sqlite":
        asked = "INSERT INTO search_token (search_token) VALUES ('delete-all')"
        work.session.execute(text(asked))
        assert found(work, "经营") == []
        assert len(rebuilding.compare(work.session, {FOOD: {"b": 1}})[1]) == 1
        assert rebuilding.rebuild(work.session, {FOOD: {"b": 1}})[1] == 1
    assert len(found(work, "经营")) == 1


def test_after_a_rebuild_nothing_lies_aside_that_every_query_would_have_to_read(work):
    rebuilding.rebuild(work.session, {FOOD: {"b": 2, "b44": 1}, NURSE: {"b": 1}})
    assert fulltext.tidy(work.session.connection()) == 0
