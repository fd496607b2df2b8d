"""The parts of an item: closed, and named so that files and code can refer to them."""

import pytest
from pydantic import ValidationError

from servicehall.standard import parts
from servicehall.standard.schema import Item


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (parts.LegacyCode, {"scheme": "2016", "code": "XK0010100Y"}),
        (parts.Remedy, {"kind": "lawsuit", "department": "示范区人民法院"}),
        (parts.Window, {"name": "综合窗口 3 号", "place": "一楼"}),
        (parts.Booking, {"daily": 20}),
        (parts.Situation, {"code": "rented", "name": "租房经营", "materials": ("lease",)}),
    ],
)
def test_a_part_is_closed(model, fields):
    assert model(**fields)
    with pytest.raises(ValidationError, match="extra_forbidden"):
        model(**fields, colour="red")


def test_the_schema_offers_every_part():
    from servicehall.standard import schema

    for name in schema.__all__:
        assert hasattr(schema, name)


def test_what_a_stored_wording_leaves_out_still_means_the_same():
    fields = Item.model_fields
    told = {"level": 4, "least_level": 2, "delivery": ("electronic",), "authority": "statutory",
            "power_source": "statutory", "instant": False, "visits": 0}  # fmt: skip
    assert {name: fields[name].default for name in told} == told
