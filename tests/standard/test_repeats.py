"""Repeats: as many sections as there may be, each asked once the one before says there is another."""

from servicehall.standard import conditions, repeats
from servicehall.standard.conditions import Known, Standing
from servicehall.standard.problems import Surroundings
from servicehall.standard.schema import Item, Question, Section

V, H, U = Standing.VISIBLE, Standing.HIDDEN, Standing.UNDETERMINED


def asked(code: str, when: str = "") -> Question:
    return Question.model_validate({"code": code, "label": code, "kind": "text", "when": when})


def item(*parts: Section) -> Item:
    return Item.model_construct(sections=parts, materials=(), needs=(), result=None)


HOLDERS = Section(
    code="holder", title="股东", title_en="Shareholder", most=3,
    questions=(asked("name"), asked("kind"), asked("paper", "kind == 'kind' || name == 'x'")),
)  # fmt: skip


def test_without_repeats_nothing_changes() -> None:
    plain = item(Section(code="one", title="一", questions=(asked("a"),)))
    assert repeats.unfolded(plain) is plain


def test_a_section_is_unfolded() -> None:
    whole = repeats.unfolded(item(HOLDERS))
    assert repeats.unfolded(whole) is whole
    first, second, third = whole.sections
    assert [part.code for part in (first, second, third)] == ["holder", "holder_2", "holder_3"]
    assert (second.title, third.title_en) == ("股东（2）", "Shareholder (3)")
    assert [q.code for q in first.questions] == ["name", "kind", "paper", "holder_more"]
    assert [q.code for q in third.questions] == ["name_3", "kind_3", "paper_3"]
    assert second.questions[2].when == "(kind_2 == 'kind' || name_2 == 'x') && holder_more == 'yes'"
    assert third.questions[0].when == "holder_more_2 == 'yes'"


def test_copies_are_asked_one_after_the_other() -> None:
    whole = repeats.unfolded(item(HOLDERS))
    for answers, second, third in (
        ({}, U, U), ({"holder_more": "no"}, H, H), ({"holder_more": "yes"}, V, U),
        ({"holder_more": "yes", "holder_more_2": "yes"}, V, V),
        ({"holder_more": "no", "holder_more_2": "yes"}, H, H),
    ):  # fmt: skip
        found = conditions.questions(whole, answers, Known())
        assert (found["name_2"], found["name_3"]) == (second, third), answers


def test_the_condition_of_a_copy_looks_at_its_own_answers() -> None:
    whole = repeats.unfolded(item(HOLDERS))
    answers = {"kind": "kind", "holder_more": "yes", "kind_2": "other", "name_2": "y"}
    found = conditions.questions(whole, answers, Known())
    assert (found["paper"], found["paper_2"]) == (V, H)


def test_codes_that_clash_are_named() -> None:
    other = Section(code="two", title="二", questions=(asked("name_2"),))
    around = Surroundings({}, {})
    assert [p.rule for p in repeats.distinct(item(HOLDERS, other), around)] == ["repeat.code"]
    assert not list(repeats.distinct(item(HOLDERS), around))
