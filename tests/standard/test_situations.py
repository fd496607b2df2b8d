"""Answers choose the materials, and a situation that cannot arise is found."""

import pytest

from servicehall.standard.schema import Material, Situation
from servicehall.standard.situations import asked, materials_for
from tests.inspection.test_checks import broken


def material(code):
    return Material(code=code, name=code, standard="清晰", why_needed="只有本人有")


@pytest.fixture
def food(items_read):
    item = items_read["food-business-new"]
    return item.model_copy(
        update={
            "materials": (*item.materials, material("recipe"), material("lease")),
            "situations": (
                Situation(
                    code="canteen", name="单位食堂", when={"main_type": ("canteen",)},
                    materials=("recipe",),
                ),
                Situation(
                    code="cold", name="凉菜", materials=("recipe", "lease"),
                    when={"main_type": ("catering",), "business_items": ("cold", "pastry")},
                ),
            ),
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({}, []),
        ({"main_type": "retail"}, []),
        ({"main_type": "canteen"}, ["recipe"]),
        ({"main_type": "catering"}, []),
        ({"main_type": "catering", "business_items": ["hot"]}, []),
        ({"main_type": "catering", "business_items": ["hot", "cold"]}, ["recipe", "lease"]),
        ({"main_type": None, "business_items": ["cold"]}, []),
    ],
)
def test_answers_choose_materials(food, items_read, answers, more):
    always = [m.code for m in items_read["food-business-new"].materials]
    assert [m.code for m in materials_for(food, answers)] == always + more


def test_without_situations_everything_is_needed(items):
    assert all(materials_for(item, {}) == item.materials for item in items)


def test_yes_and_no_are_answers(food):
    section = food.sections[0]
    question = section.questions[0].model_copy(update={"code": "rented", "kind": "yes_no"})
    sections = (section.model_copy(update={"questions": (question,)}),)
    rented = Situation(code="rented", name="租房", when={"rented": ("yes",)}, materials=("lease",))
    item = food.model_copy(update={"sections": sections, "situations": (rented,)})
    assert "lease" in [m.code for m in materials_for(item, {"rented": True})]
    assert "lease" in [m.code for m in materials_for(item, {"rented": "yes"})]
    assert "lease" not in [m.code for m in materials_for(item, {"rented": False})]


def test_the_questions_that_choose_are_known(food):
    assert [question.code for question in asked(food)] == ["main_type", "business_items"]
    assert broken(food) == set()


@pytest.mark.parametrize(
    ("situation", "rule"),
    [
        (Situation(code="a", name="甲", materials=("none",)), "situation.material"),
        (Situation(code="a", name="甲", when={"x": ("1",)}, materials=()), "situation.question"),
        (
            Situation(code="a", name="甲", when={"phone": ("1",)}, materials=()),
            "situation.question",
        ),
        (
            Situation(code="a", name="甲", when={"main_type": ("bar",)}, materials=()),
            "situation.answer",
        ),
        (Situation(code="cold", name="甲", materials=()), "situation.once"),
    ],
)
def test_a_situation_that_cannot_arise_is_found(food, situation, rule):
    assert broken(food, situations=(*food.situations, situation)) == {rule}
