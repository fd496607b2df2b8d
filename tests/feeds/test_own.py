"""Our own form: texts as they are, anything else as JSON, nothing invented."""

import pytest

from servicehall.feeds import own
from servicehall.feeds.cleaning import Notes, Refused
from servicehall.feeds.mapping import mapping
from tests.feeds.wordings import ITEMS

SOURCE = mapping("hall")


def test_cells_are_texts_and_read_back():
    for item in ITEMS:
        cells = own.cells(item)
        assert all(isinstance(cell, str) for cell in cells.values())
        assert cells["effective_on"] == "2026-01-01"
        assert cells["name"] == item.name
        assert own.item(dict(cells), SOURCE, Notes()) == own.body(item)


def test_columns_are_in_the_order_of_the_schema():
    cells = [own.cells(item) for item in ITEMS]
    heads = own.heads(cells)
    assert heads[:2] == ["code", "base_code"]
    assert set(heads) == {name for each in cells for name in each}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"name": "x"}, "bad-code"),
        ({"code": "1"}, "no-name"),
        ({"code": "1", "name": "x", "level": "four"}, "bad-level"),
    ],
)
def test_what_cannot_be_read_is_refused(row, reason):
    with pytest.raises(Refused) as refused:
        own.item(row, SOURCE, Notes())
    assert refused.value.reason == reason
