"""The numbers beside the filters are those of the lists they lead to."""

import pytest

from servicehall.finding import counting, search
from servicehall.finding.asking import Asked


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("", {}), ("律师", {}), ("护士", {"kind": "natural"}), ("", {"region": "990101000000"}),
        ("登记", {"theme": "natural-999"}), ("", {"level": 4, "kind": "legal"}), ("取水", {}),
    ],
)  # fmt: skip
def test_every_number_is_what_choosing_it_would_leave(whole, query, filters):
    counts = search.find(whole, query, asked=Asked(**filters)).counts(["990000000000"])
    assert not counts.more
    for name, values in counts.by.items():
        for value, number in list(values.items())[:4]:
            said = {"level": int, "applicable": lambda text: text == "1"}.get(name, str)(value)
            narrowed = Asked(**{**filters, name: said})
            assert len(search.find(whole, query, asked=narrowed, limit=2000).entries) == number
    for region, number in counts.regions.items():
        inside = Asked(**{**filters, "region": region})
        found = search.find(whole, query, asked=inside, limit=2000).entries
        assert sum(entry.region.startswith(region.rstrip("0")) for entry in found) == number


def test_departments_are_counted_too(whole):
    counts = search.find(whole, "护士").counts()
    for code, name, number in counts.departments:
        assert search.find(whole, "护士", department=code).total == number
        assert counting.department(whole, code) == name
    assert counting.department(whole, "nobody") == ""


def test_many_names_are_counted_as_at_least(whole):
    counts = search.find(whole, "查").counts()
    listed = len(search.find(whole, "查", limit=2000).entries)
    assert counts.more is (counts.total < listed)


def test_streets_and_departments_are_counted_row_by_row(whole, items):
    county = search.find(whole, "", region="990101000000").counts()
    street = search.find(whole, "", region="990101001000").counts(["990101001001"])
    assert street.total == county.total
    assert street.by == county.by
    health = next(item.department for item in items if item.name == "护士执业注册")
    counts = search.find(whole, department=health).counts(["990000000000", "440000000000"])
    assert counts.total == sum(item.department == health for item in items)
    assert set(counts.regions) <= {"990000000000"}


def test_themes_and_departments_of_everything(whole, items):
    counts = search.find(whole).counts().by["theme"]
    for key in ("natural-050", "legal-010", "natural-999"):
        assert counts[key] == search.find(whole, theme=key).total
    found = counting.departments(whole)
    assert sum(row.items for row in found) == len(items) + 1500
    assert sum(row.applicable for row in found) == len(items)
    assert found[0].applicable
    ours = counting.departments(whole, region="990101000000")
    assert {row.code for row in ours} == {item.department for item in items}
    assert sum(row.items for row in ours) == len(items)
    assert counting.departments(whole, region="110000000000") == []
