"""Conditions: three-valued, what is unknown never decides, and what is wrong is said beforehand."""

import itertools
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.standard import conditions
from servicehall.standard.conditions import Known, Standing, standing
from servicehall.standard.problems import Surroundings
from servicehall.standard.schema import Item, Material, Need, Question, Result, Section

V, H, U = Standing.VISIBLE, Standing.HIDDEN, Standing.UNDETERMINED
NAMES = ("a", "b", "c")
ATOMS = [f"{name} {sign} '{value}'" for name in NAMES for sign in ("==", "!=") for value in "xy"]
conditions_of_answers = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        inner.map("!({})".format),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) && ({two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) || ({two[1]})"),
    ),
    max_leaves=5,
).filter(lambda text: len(text) <= conditions.LONGEST)


@pytest.mark.parametrize(
    ("condition", "values", "wanted"),
    [
        ("", {}, V),
        ("a == 'x'", {"a": "x"}, V),
        ("a == 'x'", {"a": "y"}, H),
        ("a == 'x'", {}, U),
        ("a == 'x' && b == 'y'", {"b": "n"}, H),  # the unknown cannot save it
        ("a == 'x' || b == 'y'", {"b": "y"}, V),  # the unknown cannot spoil it
        ("!(a == 'x')", {}, U),
        ("n >= 3", {"n": 3.0}, V),
        ("n > 2.5", {"n": 2.0}, H),
        ("'p' in c", {"c": ["p", "q"]}, V),
        ("d < '2026-01-01'", {"d": "2025-12-31"}, V),
        ("a > 3", {"a": "x"}, U),  # cannot be compared
        ("a", {"a": "x"}, U),  # no yes or no
        ("a ==", {"a": "x"}, U),  # does not compile
    ],
)
def test_what_a_condition_says(condition, values, wanted):
    assert standing(condition, Known(values)) is wanted


def test_facts_are_known_or_not():
    condition = "facts.population.person.sex == '女'"
    assert standing(condition, Known(facts={"population.person.sex": "女"})) is V
    assert standing(condition, Known(facts={"population.person.sex": ""})) is H
    assert standing(condition, Known(facts={"population.person.name": "王"})) is U


@given(
    condition=conditions_of_answers,
    known=st.dictionaries(st.sampled_from(NAMES), st.sampled_from("xyz")),
)
def test_what_is_decided_stays_whatever_is_said_later(condition, known):
    """Kleene: a verdict on part of the answers is the verdict on every whole of them."""
    verdict = standing(condition, Known(dict(known)))
    open_names = [name for name in NAMES if name not in known]
    wholes = [
        {**known, **dict(zip(open_names, said, strict=True))}
        for said in itertools.product("xyz", repeat=len(open_names))
    ]
    verdicts = {standing(condition, Known(whole)) for whole in wholes}
    assert U not in verdicts  # with everything known there is nothing left to determine
    if verdict is not U:
        assert verdicts == {verdict}


@given(condition=conditions_of_answers)
def test_with_nothing_left_to_ask_nothing_is_undetermined(condition):
    assert standing(condition, Known(hidden=set(NAMES))) is not U


@given(text=st.text(max_size=60))
def test_no_text_is_an_error(text):
    assert standing(text, Known({"a": "x"})) in Standing


def item(
    *questions: Question, materials: tuple[Material, ...] = (), result: Result | None = None
) -> Item:
    part = Section(code="one", title="一", questions=questions)
    need = Need(dataset="population.person", fields=("sex",), purpose="核对")
    return Item.model_construct(sections=(part,), materials=materials, needs=(need,), result=result)


def asked(code: str, when: str = "", kind: str = "text") -> Question:
    return Question.model_validate({"code": code, "label": code, "kind": kind, "when": when})


CHAIN = item(asked("a"), asked("b", "a == 'x'"), asked("c", "b == 'y'"), asked("n", "", "number"))


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ({}, {"a": V, "b": U, "c": U}),
        ({"a": "x"}, {"b": V, "c": U}),
        ({"a": "x", "b": "y"}, {"b": V, "c": V}),
        ({"a": "z", "b": "y"}, {"b": H, "c": H}),  # the stale answer of b has no say
        ({"b": "y"}, {"b": U, "c": U}),
    ],
)
def test_a_chain_of_questions(answers, wanted):
    found = conditions.questions(CHAIN, answers, Known())
    assert {code: found[code] for code in wanted} == wanted


def test_values_are_compared_as_what_they_are():
    number = asked("n", kind="number")
    assert conditions.value(number, "3") == 3.0
    assert conditions.value(number, "drei") is None
    assert conditions.value(asked("a"), "") is None
    assert conditions.value(asked("a", kind="choices"), ["p"]) == ["p"]


def rules(wrong: Item) -> list[str]:
    around = Surroundings({}, {})
    return [found.rule for rule in conditions.RULES for found in rule(wrong, around)]


@pytest.mark.parametrize(
    ("when", "rule"),
    [
        ("a ==", "when.compiles"),
        ("z == 'x'", "when.names"),
        ("b == 'x'", "when.names"),  # itself
        ("d == 'x'", "when.names"),  # later
        ("facts.population.person.name == 'x'", "when.facts"),
        ("facts['population'] == 'x'", "when.facts"),
        ("['x'].exists(i, i == a)", "when.compiles"),
        ("a == '" + "x" * 300 + "'", "when.compiles"),
    ],
)
def test_what_is_wrong_is_said_before_publishing(when, rule):
    assert rules(item(asked("a"), asked("b", when), asked("d"))) == [rule]


def test_what_is_right_passes():
    when = "a == 'facts.x' && facts.population.person.sex == '女'"
    paper = Material(code="paper", name="材料", condition="甲的情形", when="b != 'x'")
    assert rules(item(asked("a"), asked("b", when), materials=(paper,))) == []
    wrong = Material(code="paper", name="材料", when="later")
    assert rules(item(asked("a"), materials=(wrong,))) == ["when.names", "when.words"]


def test_what_the_result_takes_is_always_asked():
    result = Result(kind="decision", name="批文", carries={"who": "answer:b"})
    assert rules(item(asked("a"), asked("b", "a == 'x'"), result=result)) == ["when.result"]


def test_without_a_condition_the_library_is_not_loaded():
    """Web processes stay small until an item asks for it; its command line is never loaded."""
    code = (
        "import sys; from servicehall.standard.conditions import Known, standing;"
        "assert standing('', Known()) == 'visible' and 'cel.cel' not in sys.modules;"
        "assert standing('1 == 1', Known()) == 'visible' and 'cel.cli' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
