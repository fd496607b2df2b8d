"""What changed between two wordings is found, named by its element, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.standard.differences import Change, differences
from servicehall.standard.schema import Basis, Faq, Fee, Limit, Theme


@pytest.fixture
def nurse(items_read):
    return items_read["nurse-registration"]


def changes(item, **change):
    return differences(item, item.model_copy(update=change))


def test_the_same_wording_has_no_differences(items):
    assert [differences(item, item.model_copy(deep=True)) for item in items] == [[]] * len(items)


def test_plain_elements_change_and_come_and_go(nurse):
    assert changes(nurse, level=3) == [Change("level", "changed", 4, 3)]
    assert changes(nurse, promised=Limit(days=1)) == [
        Change("promised.days", "changed", nurse.promised.days, 1)
    ]
    fee = Fee(name="工本费", fen=4000, standard="标准", basis="依据")
    assert changes(nurse, fee=fee) == [Change("fee", "added", None, fee)]
    assert differences(nurse.model_copy(update={"fee": fee}), nurse) == [
        Change("fee", "removed", fee, None)
    ]
    assert changes(nurse, summary="")[0].kind == "removed"


def test_members_with_a_code_are_matched_by_it(nurse):
    first, *rest = nurse.materials
    other = first.model_copy(update={"standard": "换了说法"})
    assert changes(nurse, materials=(other, *rest)) == [
        Change(f"materials.{first.code}.standard", "changed", first.standard, "换了说法")
    ]
    new = first.model_copy(update={"code": "added_later"})
    assert changes(nurse, materials=(*nurse.materials, new)) == [
        Change("materials.added_later", "added", None, new)
    ]
    assert changes(nurse, materials=tuple(rest)) == [
        Change(f"materials.{first.code}", "removed", first, None)
    ]


def test_one_member_that_moves_is_one_change(nurse):
    first, *rest = nurse.materials
    last = len(rest)
    assert changes(nurse, materials=(*rest, first)) == [
        Change(f"materials.{first.code}", "moved", 0, last)
    ]


def test_members_without_a_code_are_matched_by_what_they_are(nurse):
    question, *rest = nurse.faqs
    told = Faq(question=question.question, answer="另一个回答")
    assert changes(nurse, faqs=(told, *rest)) == [
        Change("faqs.0.answer", "changed", question.answer, "另一个回答")
    ]
    basis = Basis(law="新法", article="第一条")
    assert changes(nurse, bases=(basis, *nurse.bases)) == [Change("bases.0", "added", None, basis)]
    themes = (Theme(kind="natural", code="010"), Theme(kind="legal", code="010"))
    item = nurse.model_copy(update={"themes": themes})
    assert [c.kind for c in changes(item, themes=themes[::-1])] == ["moved"]


def test_a_question_and_its_options_are_found_in_their_section(items_read):
    item = items_read["food-business-new"]
    section = item.sections[0]
    question = section.questions[0]
    other = question.model_copy(update={"options": (("catering", "餐饮"), *question.options[1:])})
    sections = (
        section.model_copy(update={"questions": (other, *section.questions[1:])}),
        *item.sections[1:],
    )
    path = f"sections.{section.code}.questions.{question.code}.options.0"
    assert changes(item, sections=sections) == [
        Change(path, "changed", question.options[0], ("catering", "餐饮"))
    ]


def test_what_a_face_carries_is_compared_key_by_key(nurse):
    carries = {**nurse.result.carries, "extra": "literal:x"}
    assert changes(nurse, result=nurse.result.model_copy(update={"carries": carries})) == [
        Change("result.carries.extra", "added", None, "literal:x")
    ]


@given(st.lists(st.text(min_size=1, max_size=2)), st.lists(st.text(min_size=1, max_size=2)))
def test_the_changes_of_a_list_make_the_new_one_of_the_old(items_read, old, new):
    nurse = items_read["nurse-registration"]
    found = differences(
        nurse.model_copy(update={"aliases": tuple(old)}),
        nurse.model_copy(update={"aliases": tuple(new)}),
    )
    rest = list(old)
    moved = [change for change in found if change.kind == "moved"]
    gone = sorted(
        [int(c.path.split(".")[1]) for c in found if c.kind == "removed"]
        + [int(str(c.before)) for c in moved],
        reverse=True,
    )
    for place in gone:
        del rest[place]
    put = [(int(c.path.split(".")[1]), c.after) for c in found if c.kind == "added"]
    put += [(int(str(c.after)), old[int(str(c.before))]) for c in moved]
    for place, member in sorted(put, key=lambda each: each[0]):
        rest.insert(place, member)
    assert rest == new
