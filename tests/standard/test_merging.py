"""Merging: what several items ask is asked once, and only where they ask the same thing."""

from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servicehall.standard import merging
from servicehall.standard.schema import Item, Question, Section


def question(code: str, **more: object) -> Question:
    return Question.model_validate({"code": code, "label": code, "kind": "text", **more})


def items_of(items: list[Item], *forms: list[Question]) -> list[Item]:
    """As many items as *forms*, each with one section of these questions."""
    return [
        item.model_copy(
            update={"sections": (Section(code="s", title="填", questions=tuple(form)),)}
        )
        for item, form in zip(items, forms, strict=False)
    ]


def test_what_two_items_ask_comes_first_and_once(items: list[Item]) -> None:
    both = items_of(
        items, [question("phone", required=False), question("shop")],
        [question("sign"), question("phone", most=20)],
    )  # fmt: skip
    shared, first, second = merging.parts(both)
    assert (shared.section.code, shared.item) == ("shared", "")
    (phone,) = shared.asked
    assert (phone.question.required, phone.question.most) == (True, 20), "the stricter of the two"
    assert [source.item for source in phone.sources] == [item.code for item in both]
    assert [[one.code for one in part.asked] for part in (first, second)] == [["shop"], ["sign"]]


def test_a_number_without_a_limit_keeps_none(items: list[Item]) -> None:
    (part,) = merging.parts(items_of(items, [question("area", kind="number")]))
    assert "most" not in part.section.questions[0].model_fields_set


def test_an_element_joins_what_is_called_differently(items: list[Item]) -> None:
    both = items_of(
        items, [question("address", kind="address", element="place")],
        [question("venue", kind="address", element="place")],
    )  # fmt: skip
    assert list(merging.conflicts(both)) == []
    (part,) = merging.parts(both)
    assert [(s.item, s.question) for s in part.asked[0].sources] == [
        (both[0].code, "address"), (both[1].code, "venue"),
    ]  # fmt: skip


def test_one_code_with_two_meanings_is_told(items: list[Item]) -> None:
    for other in ({"label": "另一位"}, {"kind": "phone"}):
        both = items_of(items, [question("manager")], [question("manager", **other)])
        (told,) = merging.conflicts(both)
        assert told.startswith("manager: ")
    apart = items_of(
        items, [question("manager")], [question("manager", label="另一位", element="fire_manager")]
    )
    assert list(merging.conflicts(apart)) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.data())
def test_every_question_of_every_item_has_one_place(items: list[Item], data: st.DataObject) -> None:
    names = st.lists(st.sampled_from("abcdef"), min_size=1, unique=True)
    forms = data.draw(st.lists(names, min_size=1, max_size=3))
    made = items_of(items, *([question(name) for name in form] for form in forms))
    placed = [one for part in merging.parts(made) for one in part.asked]
    assert all(one.code != other.code for one, other in combinations(placed, 2))
    assert sorted((s.item, s.question) for one in placed for s in one.sources) == sorted(
        (item.code, name) for item, form in zip(made, forms, strict=True) for name in form
    )
