"""What is written is what is read, for every item that comes with the hall."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.declarations import parse
from servicehall.standard import loading, writing
from servicehall.standard.schema import Faq, Item

ITEMS = loading.read_named(Path(__file__).parents[2] / "items")


def body(item: Item) -> dict[str, object]:
    return item.model_dump(mode="json", exclude_defaults=True)


@pytest.mark.parametrize("name", ITEMS)
def test_every_item_survives(name: str) -> None:
    text = writing.yaml_text(body(ITEMS[name]))
    assert parse(text.encode(), Item, name=name) == ITEMS[name]
    assert text.index("\ncode:") < text.index("\nname:") < text.index("\nmaterials:")


@given(words=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1))
def test_whatever_is_typed_survives(words: str) -> None:
    item = next(iter(ITEMS.values())).model_copy(
        update={"faqs": (Faq(question=words, answer=words),)}
    )
    assert parse(writing.yaml_text(body(item)).encode(), Item, name="x") == item
