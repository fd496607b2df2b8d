"""What lists and search derive from a wording."""

from types import SimpleNamespace

import pytest

from servicehall.catalogue.entries import derive, names, places, significant
from servicehall.searching.tokens import OFFICE, PROSE


def test_an_entry_says_for_whom_and_how_much(items_read):
    row = derive(items_read["nurse-registration"])
    assert (row["natural"], row["legal"]) == (True, False)
    assert row["themes"] == ",natural-050,natural-145,"
    assert (row["promised_days"], row["promised_unit"]) == (5, "working_day")
    assert row["exempt_count"] == 4
    assert row["level"] == 4
    for word in ("护士证", "nurse"):
        assert word in row["aliases"]


def test_an_entry_is_found_by_name_summary_and_department(items_read):
    row = SimpleNamespace(**derive(items_read["nurse-registration"]))
    name, prose, office = names(row)
    assert name.text == "护士执业注册"
    assert {"k-natural", "t-natural-145", "l-4", "a-1"} <= set(name.tags)
    assert "k-legal" not in name.tags
    assert "医疗卫生" in name.others[-1]
    assert (prose.kind, office.kind) == (PROSE, OFFICE)
    assert prose.tags == name.tags
    assert office.tags == (f"d-{row.department}",)
    row.summary = "护士执业注册"
    assert names(row).prose is None  # says no more than the name
    row.applicable = False
    assert names(row).name.weight > name.weight


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("440106001002", ("b", "b44", "b4401", "b440106")),
        ("440106000000", ("b", "b44", "b4401", "b440106", "a440106")),
        ("440000000000", ("b", "b44", "a44")),
        ("441900003000", ("b", "b44", "b4419", "b441900")),  # a city without counties
        ("000000000000", ("b", "a")),
    ],
)
def test_where_an_entry_counts(region, expected):
    assert places(region) == expected
    assert region.startswith(significant(region))
