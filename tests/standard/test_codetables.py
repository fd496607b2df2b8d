"""The code tables: every choice of an item has its national code, and schemes do not mix."""

import typing

import pytest

from servicehall.kernel.errors import Invalid
from servicehall.standard import codetables
from servicehall.standard.schema import Contact, Item, ItemType, Material, Stage

CHOICES = {
    "level": Item.model_fields["level"].annotation,
    "authority": Item.model_fields["authority"].annotation,
    "power_source": Item.model_fields["power_source"].annotation,
    "project_type": Item.model_fields["project_type"].annotation,
    "review_type": Item.model_fields["review_type"].annotation,
    "procedure": Item.model_fields["procedure"].annotation,
    "route": Item.model_fields["route"].annotation,
    "closing": Item.model_fields["closing"].annotation,
    "objects": typing.get_args(Item.model_fields["objects"].annotation)[0],
    "channels": typing.get_args(Item.model_fields["channels"].annotation)[0],
    "crossing": typing.get_args(Item.model_fields["crossing"].annotation)[0],
    "online_stages": Stage,
    "form": Material.model_fields["form"].annotation,
    "format": Material.model_fields["format"].annotation,
    "needed": Material.model_fields["needed"].annotation,
    "source": Material.model_fields["source"].annotation,
    "place": Contact.model_fields["kind"].annotation,
}


@pytest.mark.parametrize("element", CHOICES)
def test_every_choice_has_one_national_code(element):
    values = {str(value) for value in typing.get_args(CHOICES[element])} - {""}
    rows = codetables.codes(element)
    assert {row.value for row in rows} == values
    assert len({row.code for row in rows}) == len(rows)
    for value in values:
        assert codetables.read(element, codetables.written(element, value)) == value
        assert codetables.read_name(element, codetables.called(element, value)) == value


def test_the_types_are_those_of_the_standard():
    assert {row.value for row in codetables.codes("type")} == {kind.value for kind in ItemType}


def test_one_code_means_different_things_in_different_schemes():
    assert codetables.called("type", codetables.read("type", "06")) == "行政检查"
    assert codetables.called("type", codetables.read("type", "06", "epoint")) == "行政奖励"
    assert codetables.called("type", codetables.read("type", "03", "jiangsu")) == "行政处罚"
    assert codetables.read("objects", "5") == "unincorporated"
    assert codetables.read("objects", "5", "gbt39046") == "government"


def test_what_a_scheme_does_not_say_is_not_guessed():
    assert codetables.read("type", "01", "jiangsu") is None
    assert codetables.written("objects", "unincorporated", "gbt39046") == ""
    assert codetables.read("level", "4", "epoint") == "4"  # no table of its own: the national one
    assert codetables.codes("colour") == ()
    assert codetables.called("colour", "red") == "red"
    with pytest.raises(Invalid, match="mars"):
        codetables.read("type", "01", "mars")
