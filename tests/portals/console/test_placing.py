"""A problem stands beside its element; lists grow, shrink and move."""

import copy

import pytest

from servicehall.portals.console import elements, placing
from servicehall.standard.problems import Problem
from servicehall.standard.schema import Item

BODY = {
    "name": "事项",
    "materials": [{"code": "id", "name": "身份证"}, {"code": "photo", "name": "照片"}],
    "sections": [{"code": "one", "title": "一", "questions": [{"code": "a"}, {"code": "b"}]}],
}


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("name", "name"),
        ("materials.photo", "materials.1"),
        ("materials.1.name", "materials.1.name"),
        ("sections.one.questions.b.when", "sections.0.questions.1.when"),
        ("b", "sections.0.questions.1"),  # a bare code is searched for
        ("contact.place", "contact.place"),
        ("", ""),
    ],
)
def test_where_a_problem_stands(where: str, path: str) -> None:
    assert placing.path_of(BODY, where) == path


def test_problems_are_spread_to_the_deepest_element() -> None:
    shown = elements.elements(Item, ["materials", "contact"], BODY)
    problems = [
        Problem("r", where, "x", "y")
        for where in ("materials.photo.name", "materials.id", "contact.place", "name")
    ]
    rest = placing.spread(problems, shown, BODY)
    assert [problem.where for problem in rest] == ["name"]
    assert shown[0].wrong == 2
    assert shown[0].parts[0].faults
    assert [part.path for part in shown[0].parts[1].parts if part.faults] == ["materials.1.name"]
    assert shown[1].wrong == 1


@pytest.mark.parametrize(
    ("act", "path", "codes", "look"),
    [
        ("add", "materials", ["id", "photo", None], "materials.2"),
        ("remove", "materials.0", ["photo"], "materials"),
        ("up", "materials.1", ["photo", "id"], "materials.0"),
        ("up", "materials.0", ["id", "photo"], "materials.0"),
        ("down", "materials.0", ["photo", "id"], "materials.1"),
        ("down", "materials.1", ["id", "photo"], "materials.1"),
        ("remove", "materials.9", ["id", "photo"], "materials.9"),
    ],
)
def test_lists_change(act: str, path: str, codes: list[str | None], look: str) -> None:
    body = copy.deepcopy(BODY)
    assert placing.change(body, act, path) == look
    assert [member.get("code") for member in body["materials"]] == codes  # type: ignore[attr-defined]


def test_lists_inside_lists_change_too() -> None:
    body = copy.deepcopy(BODY)
    assert placing.change(body, "add", "sections.0.questions") == "sections.0.questions.2"
    assert placing.change(body, "remove", "sections.0.questions.0") == "sections.0.questions"
    assert [q.get("code") for q in body["sections"][0]["questions"]] == ["b", None]  # type: ignore[index]
    assert placing.change(body, "add", "specials") == "specials.0"
    assert placing.change(body, "up", "name.x.0") == "name.x.0"


def test_what_is_no_list_does_not_grow() -> None:
    body = copy.deepcopy(BODY)
    assert placing.change(body, "add", "name") == "name"
    assert body["name"] == "事项"
