"""The schema of items: strict, closed, and what its properties count."""

import pytest
from pydantic import ValidationError

from servicehall.standard.schema import Item

LEAST = {
    "code": "119901010000002388499012300200001",
    "base_code": "990123002000",
    "name": "护士执业注册",
    "type": "01",
    "department": "119901010000002388",
    "department_name": "示范区卫生健康局",
    "region": "990101000000",
    "objects": ["natural_person"],
}


def test_unknown_keys_are_refused():
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Item.model_validate({**LEAST, "nmae": "x"}, strict=False)


@pytest.mark.parametrize("code", ["1" * 30, "1" * 32, "119901010000002388999012300200001", "x"])
def test_codes_have_their_parts(code):
    with pytest.raises(ValidationError):
        Item.model_validate({**LEAST, "code": code}, strict=False)


def test_three_departments_review_side_by_side(items_read):
    parallel = items_read["entertainment-venue"].parallel
    assert len({step.department for step in parallel}) == 3


def test_promises_are_not_counted_as_exempted(items_read):
    item = items_read["food-business-new"]
    assert [m.code for m in item.exempted] == [
        "business_license", "representative_id", "premises", "credit",
    ]  # fmt: skip
    assert [m.code for m in item.materials if not m.exempt] == ["layout"]


def test_the_demo_journey_needs_one_upload_and_exempts_four(items_read):
    item = items_read["nurse-registration"]
    assert len(item.exempted) == 4
    assert [m.code for m in item.materials if not m.exempt] == ["health_report"]
    assert not item.for_organizations
    assert items_read["labor-dispatch"].for_organizations
