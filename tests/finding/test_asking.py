"""Filters as the index and the entries understand them; places that cannot be forged into faults."""

import pytest

from servicehall.finding.asking import Asked, Cursor, Offices, mark, opened, sealed
from servicehall.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("field", "value"),
    [("region", "44"), ("region", "44010600000x"), ("object", "dog"), ("theme", "x"), ("level", 9)],
)
def test_what_cannot_be_is_refused_by_name(field, value):
    with pytest.raises(Invalid) as refused:
        Asked(**{field: value})
    assert refused.value.field == field


def test_a_region_means_itself_what_is_below_and_what_is_above():
    county = Asked(region="440106000000")
    assert county.places == ("b440106", "a4401", "a44", "a")
    assert [span[:2] for span in county.spans] == [
        ("440106000000", "440106999999"), ("440100000000", "440100000000"),
        ("440000000000", "440000000000"), ("000000000000", "000000000000"),
    ]  # fmt: skip
    village = Asked(region="440106001002")
    assert village.places == ("b440106", "a440106", "a4401", "a44", "a")
    assert len(village.spans) == 6
    assert not village.is_wide
    assert Asked().places == ("b",)
    assert [span[:2] for span in Asked().spans] == [("0" * 12, "9" * 12)]
    assert Asked().groups == []


def test_tags_and_departments():
    asked = Asked(kind="legal", theme="legal-010", applicable=False, level=3, object="enterprise")
    assert sorted(asked.tags.values()) == ["a-0", "k-legal", "l-3", "o-enterprise", "t-legal-010"]
    assert Offices(("x",)).values == {"office0": "x"}
    assert set(Offices(("x", "y")).values.values()) == {"x", "y"}
    assert Offices().conditions == ()


def test_a_place_is_read_back_by_the_same_search_only():
    cursor = Cursor("literal", True, 2, 2**41, 1, "440100000000", 7)
    of = mark(Asked(kind="legal"), "许可")
    assert opened(sealed(cursor, of), of) == cursor
    for other in (mark(Asked(), "许可"), mark(Asked(kind="legal"), "登记")):
        with pytest.raises(Invalid):
            opened(sealed(cursor, of), other)
    for wrong in (cursor._replace(rank=-5), cursor._replace(id=2**63), cursor._replace(way=3)):
        with pytest.raises(Invalid):
            opened(sealed(wrong, of), of)
