"""Answers choose the materials, and a situation that cannot arise is found."""

import pytest

from servicehall.standard.schema import Material, Situation
from servicehall.standard.situations import holds
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
    ("answers", "arises"),
    [
        ({}, []),
        ({"main_type": "retail"}, []),
        ({"main_type": "canteen"}, ["canteen"]),
        ({"main_type": "catering"}, []),
        ({"main_type": "catering", "business_items": ["hot"]}, []),
        ({"main_type": "catering", "business_items": ["hot", "cold"]}, ["cold"]),
        ({"main_type": None, "business_items": ["cold"]}, []),
    ],
)
def test_answers_decide_which_situation_arises(food, answers, arises):
    assert [one.code for one in food.situations if holds(one, answers)] == arises
    assert broken(food) == set()


def test_yes_and_no_are_answers():
    rented = Situation(code="rented", name="租房", when={"rented": ("yes",)}, materials=("lease",))
    assert holds(rented, {"rented": True})
    assert holds(rented, {"rented": "yes"})
    assert not holds(rented, {"rented": False})


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
