"""Answering: every kind of question takes what is right in one form and names itself otherwise."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.applying import answering
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.standard.schema import Question
from tests.cases.halls import FUND, ID_CARD, NURSE, Scene

TODAY = date(2026, 3, 2)
OPTIONS = (("a", "甲"), ("b", "乙"))
GOOD = {
    "text": [(" 示范 ", "示范"), ("a\x00b\u202ec", "abc"), ("<b>&", "<b>&")],
    "long_text": [("一\n二", "一\n二")],
    "address": [("示范路 1 号", "示范路 1 号")],
    "choice": [("a", "a")],
    "choices": [(["a", "b"], ["a", "b"]), ("b", ["b"])],
    "yes_no": [("yes", "yes"), ("no", "no")],
    "date": [("2026-02-28", "2026-02-28")],
    "number": [("3", "3"), (" 3.25 ", "3.25"), ("１２", "12")],
    "money": [("20000.5", "20000.5")],
    "phone": [("199 0000-0001", "19900000001")],
    "bank_account": [("6200 0000 0000 0000", "6200000000000000")],
    "citizen_number": [("990102198506150019", "990102198506150019")],
}
WRONG = {
    "text": ["长" * 201],
    "long_text": ["长" * 201],
    "address": ["长" * 201],
    "choice": ["c", "甲", ["a"]],
    "choices": [["a", "c"], "c", [[]]],
    "yes_no": ["true", "是"],
    "date": ["2026-02-30", "明天", "30/01/2026", ["2026-01-01"]],
    "number": ["三", "-1", "1e5", "1.234", "1" * 16, "٣"],
    "money": ["￥5", "NaN", "Infinity", "0x10"],
    "phone": ["12345678901", "1990000000", "199000000011", "١٩٩٠٠٠٠٠٠٠١"],
    "bank_account": ["123", "6" * 22, "62000000000000ab"],
    "citizen_number": ["990102198506150018", "99010219850615001", "990102202613010012", "9" * 18],
}
KINDS = sorted(GOOD)


def question(kind: str, **more: object) -> Question:
    options = OPTIONS if kind in ("choice", "choices") else ()
    return Question(code="asked", label="问题", kind=kind, options=options, **more)  # type: ignore[arg-type]


def pairs(table: Mapping[str, Sequence[object]]) -> list[tuple[str, object]]:
    return [(kind, said) for kind, many in table.items() for said in many]


def test_no_kind_is_forgotten() -> None:
    kinds = Question.model_fields["kind"].annotation
    assert set(kinds.__args__) == set(GOOD) == set(WRONG)  # type: ignore[union-attr]


@pytest.mark.parametrize(("kind", "pair"), pairs(GOOD))
def test_what_is_right_is_kept_in_one_form(kind: str, pair: tuple[object, object]) -> None:
    said, kept = pair
    assert answering.check(question(kind), said, today=TODAY) == kept
    assert answering.check(question(kind), kept, today=TODAY) == kept


@pytest.mark.parametrize(("kind", "said"), pairs(WRONG))
def test_what_is_wrong_names_its_question(kind: str, said: object) -> None:
    with pytest.raises(Invalid) as refused:
        answering.check(question(kind), said, today=TODAY)
    assert refused.value.field == "asked"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("said", [None, "", "  ", "\u202e\u2066", "\t\n"])
def test_nothing_is_refused_only_where_something_is_needed(kind: str, said: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        answering.check(question(kind), said, today=TODAY)
    words = "请选择问题" if kind in ("choice", "choices", "yes_no") else "请填写问题"
    assert (refused.value.field, str(refused.value)) == ("asked", words)
    assert answering.check(question(kind, required=False), said, today=TODAY) == ""


ANYTHING = st.text(max_size=40) | st.lists(st.text(max_size=5), max_size=3) | st.from_regex(
    r"[0-9Xx.\- ]{1,22}", fullmatch=True
)  # fmt: skip


@given(kind=st.sampled_from(KINDS), said=ANYTHING, required=st.booleans())
def test_whatever_is_said_is_kept_or_refused_by_name(
    kind: str, said: object, required: bool
) -> None:
    asked = question(kind, required=required)
    try:
        kept = answering.check(asked, said, today=TODAY)
    except Invalid as error:
        named, words = error.field, str(error)
    else:
        assert answering.check(asked, kept, today=TODAY) == kept  # what is kept stands
        assert not set("\u202e\u2066\x00") & set("".join(kept))
        assert kept or not required
        return
    assert named == "asked"
    assert words


def test_an_answer_reads_as_words() -> None:
    assert answering.worded(question("choice"), "b") == "乙"
    assert answering.worded(question("choices"), ["a", "b"]) == "甲、乙"
    assert answering.worded(question("yes_no"), "no") == "否"
    assert answering.worded(question("text"), "x") == "x"


def test_autosave_keeps_everything_known_and_nothing_else(stage: Scene) -> None:
    key = stage.begin("wang", ID_CARD)
    with stage.work("wang") as work:
        case = stage.case(work, key)
        answering.autosave(work, case, {"phone": "19", "lost_on": ["x", "y"], "role": "admin"})
        assert case.answers == {"phone": "19", "lost_on": "x"}
        work.commit()
        answering.autosave(work, case, {"phone": "19"})
        assert not work.unfinished
    with stage.work("chen") as work, pytest.raises(NotFound):
        answering.autosave(work, stage.case(work, key), {"phone": "1"})


def test_what_was_autosaved_is_checked_before_it_is_submitted(stage: Scene) -> None:
    key = stage.ready("wang", FUND)
    with stage.work("wang") as work:
        answering.autosave(
            work, stage.case(work, key), {"amount": "许多", "phone": "199 0000 0001"}
        )
    with pytest.raises(Invalid, match="提取"):
        stage.submit("wang", key)
    with stage.work("wang") as work:
        case = stage.case(work, key)
        assert [g.code for g in answering.gaps(case, today=work.today())] == ["withdrawal"]
        answering.autosave(work, case, {"amount": "100"})
    stage.submit("wang", key)
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        assert (case.answers["phone"], case.answers["amount"]) == ("19900000001", "100")


def test_gaps_come_in_the_order_of_the_task_list(stage: Scene) -> None:
    key = stage.begin("chen", NURSE)
    with stage.work("chen") as work:
        case = stage.case(work, key)
        gaps = answering.gaps(case, today=work.today())
        kinds = [g.kind for g in gaps]
        assert kinds == sorted(kinds, key=["fact", "section", "material"].index)
        assert ("section", "practice") in {(g.kind, g.code) for g in gaps}
        assert ("material", "health_report") in {(g.kind, g.code) for g in gaps}
        with pytest.raises(NotFound):
            answering.section(case, "nothing")


def test_after_submission_nothing_can_be_edited(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    with stage.work("wang") as work, pytest.raises(Conflict, match="已经提交"):
        answering.autosave(work, stage.case(work, key), {"phone": "1"})
