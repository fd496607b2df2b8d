"""Every element of an item has a control; what a form shows it reads back the same."""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from servicehall.catalogue.publishing import wording
from servicehall.portals.console import elements, placing
from servicehall.portals.console.elements import Element
from servicehall.standard import loading
from servicehall.standard.schema import Item

ITEMS = loading.read_named(Path(__file__).parents[3] / "items")
WHOLE = [*Item.model_fields]


def models(model: type[BaseModel], known: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """*model* and every model in it."""
    known.add(model)
    for info in model.model_fields.values():
        kind, of = elements.shape(info.annotation)
        if kind in ("group", "optional", "list") and of not in known:
            models(of, known)
    return known


def sent(shown: list[Element]) -> defaultdict[str, list[str]]:
    """What a browser would send of *shown*."""
    form: defaultdict[str, list[str]] = defaultdict(list)
    for one in shown:
        if one.kind == "list":
            form[f"{one.path}.#"] = [str(len(one.parts))]
        elif one.kind == "optional":
            form[f"{one.path}.?"] = ["yes"] if one.value is not None else []
            form[f"{one.path}.was"] = ["yes" if one.value is not None else "no"]
        elif one.kind == "bool":
            form[one.path] = ["yes"] if one.value else []
        elif one.kind == "choices":
            form[one.path] = list(one.value)
        elif one.kind != "group":
            form[one.path] = [str(one.value if one.value is not None else "").replace("\n", "\r\n")]
        form.update(sent(list(one.parts)))  # also of what is folded away and not ticked
    return form


def test_every_element_has_a_control_and_every_choice_words() -> None:
    found = models(Item, set())
    assert len(found) >= 20
    for model in found:
        shown = elements.elements(model, [*model.model_fields], {})
        assert [one.path for one in shown] == [*model.model_fields]
        for one in shown:
            assert one.label != one.path, f"{model.__name__}.{one.path} has no Chinese name"
            for value, words in one.options:
                assert words != value, f"{model.__name__}.{one.path}: {value} has no words"


@pytest.mark.parametrize("name", ITEMS)
def test_what_a_form_shows_it_reads_back(name: str) -> None:
    item = ITEMS[name]
    _, body = wording(item)
    form = sent(elements.elements(Item, WHOLE, body))
    again = elements.read(Item, WHOLE, lambda path: form[path])
    assert again == body
    assert wording(Item.model_validate(again, strict=False))[0] == wording(item)[0]


def test_wrong_words_are_kept_as_they_are() -> None:
    form = {
        "visits": ["viel"],
        "level": ["9"],
        "sections.#": ["x"],
        "fee.?": ["yes"],
        "fee.fen": [""],
    }
    body = elements.read(
        Item, ["visits", "level", "sections", "fee", "name"], lambda path: form.get(path, [])
    )
    assert body == {
        "visits": "viel", "level": "9", "name": "",
        "fee": {"name": "", "fen": "", "standard": "", "basis": "", "online": False},
    }  # fmt: skip


def test_lists_of_words_and_maps() -> None:
    form = {
        "aliases": ["甲\r\n\r\n 乙 "],
        "result.?": ["yes"],
        "result.carries": ["a=literal:x=y\nb"],
    }
    body = elements.read(Item, ["aliases", "result"], lambda path: form.get(path, []))
    assert body["aliases"] == ["甲", "乙"]
    assert body["result"]["carries"] == {"a": "literal:x=y", "b": ""}


STEPS = st.sampled_from(
    ["materials", "sections", "questions", "0", "1", "fee", "#", "?", "level", "name", "options"]
)


@given(
    form=st.dictionaries(
        st.lists(STEPS, min_size=1, max_size=4).map(".".join),
        st.sampled_from(["", "yes", "1", "2", "99999999999", "x=y", "-", "一"]), max_size=12,
    ),
    act=st.sampled_from(placing.GROWS), path=st.lists(STEPS, min_size=1, max_size=4).map(".".join),
)  # fmt: skip
def test_whatever_is_sent_becomes_a_body_that_can_be_shown(
    form: dict[str, str], act: str, path: str
) -> None:
    body = elements.read(Item, WHOLE, lambda name: [form[name]] if name in form else [])
    placing.change(body, act, path)
    elements.elements(Item, WHOLE, body)
    assert json.loads(json.dumps(body)) == body


def test_what_is_seldom_filled_in_is_folded_while_it_says_nothing() -> None:
    body = {"materials": [{"code": "a", "paper": "A4"}]}
    (materials,) = elements.elements(Item, ["materials"], body)
    parts = {part.path.rpartition(".")[2]: part for part in materials.parts[0].parts}
    assert not parts["name"].folded
    assert not parts["paper"].folded  # it was written
    assert parts["blank"].folded
    parts["blank"].faults.append("wrong")
    assert not parts["blank"].folded
