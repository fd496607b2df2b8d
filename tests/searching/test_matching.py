"""Names that hold what is wanted, cut by key; whoever holds them, in the order asked for."""

from sqlalchemy import text

from servicehall.searching import indexing, matching, tokens
from servicehall.searching.matching import Holders, Question, Span
from tests.searching.conftest import FOOD, NURSE, SHORT

TOP = indexing.first(5)
HOLDERS = Holders("serial", "value", "name", ("name", "value"))


def keys_of(work):
    return indexing.change(
        work.session, {FOOD: {"b": 3, "b44": 2}, NURSE: {"b": 1}, SHORT: {"b": 1}}
    )


def names(work, *wanted, **options):
    given = {"before": TOP, "most": 10, **options}
    return [row.text for row in matching.names(work.session, wanted, **given)]


def test_all_of_one_of_all_of(work):
    keys = keys_of(work)
    legal, natural = [["tk-legal"]], [["tk-natural"]]
    assert names(work) == ["护士执业注册", "食品经营许可新办", "取水"]
    assert names(work, legal) == ["食品经营许可新办", "取水"]
    assert names(work, [["tk-legal"], ["tk-natural"]], [tokens.grams("护士")]) == ["护士执业注册"]
    assert names(work, natural, legal) == []
    assert names(work, after=keys[NURSE]) == ["食品经营许可新办", "取水"]
    assert names(work, legal, before=keys[SHORT]) == ["食品经营许可新办"]
    assert names(work, most=1) == ["护士执业注册"]


def test_numbers_add_up(work):
    keys = keys_of(work)
    every = list(keys.values())
    assert matching.numbers(work.session, every, ["b44"]) == {keys[FOOD]: 2}
    assert matching.numbers_by_place(work.session, every, ["b", "b44"]) == {"b": 5, "b44": 2}
    assert matching.numbers(work.session, [], ["b"]) == {}


def held(work, wanted, spans, **options):
    return [
        (r.value, r.name) for r in matching.rows(work.session, HOLDERS, wanted, spans, **options)
    ]


def test_rows_come_by_name_then_span_then_place(work):
    """Any table can hold names: here serial numbers, whose names are the places."""
    told = [("44", 1), ("4401", 1), ("4402", 1), ("45", 1), ("4401x", 2), ("44y", 2)]
    for place, name in told:
        asked = text("INSERT INTO serial (name, value) VALUES (:place, :name)")
        work.session.execute(asked, {"place": place, "name": name})
    spans = [Span("4401", "4402"), Span("44", "44")]
    assert held(work, [2, 1], spans, most=9) == [(2, "4401x"), (1, "4401"), (1, "4402"), (1, "44")]
    assert held(work, [1, 2], spans, most=2) == [(1, "4401"), (1, "4402")]
    assert held(work, [1, 2], spans, most=9, each=1) == [(1, "4401"), (1, "44"), (2, "4401x")]
    later = [Span("4401", "4402", "4401", 2**40), spans[1]]
    assert held(work, [1], later, most=9) == [(1, "4402"), (1, "44")]
    assert held(work, [], spans, most=9) == []


def test_names_may_be_narrowed_to_those_some_rows_hold(work):
    keys = keys_of(work)
    asked = text("INSERT INTO serial (name, value) VALUES ('x', :key)")
    work.session.execute(asked, {"key": 7})
    narrow = Holders("serial", "value", "name", ("name",), ("x.name = :name",))
    within = Question([], TOP, 10, within=narrow.names())
    assert matching.names_of_each(work.session, [within], {"name": "x"}) == [[]]
    assert HOLDERS.names() == ""
    assert keys


def test_several_questions_are_answered_at_once_each_as_if_alone(work):
    keys_of(work)
    wanted = ([[tokens.grams("食品")]], [[tokens.grams("没有")]], [], [[tokens.grams("护士")]])
    questions = [Question(one, TOP, 2) for one in wanted]
    together = matching.names_of_each(work.session, questions)
    alone = [matching.names_of_each(work.session, [one])[0] for one in questions]
    assert together == alone
    assert [len(found) for found in together] == [1, 0, 2, 1]
    assert matching.names(work.session, wanted[0], before=TOP, most=2) == together[0]
