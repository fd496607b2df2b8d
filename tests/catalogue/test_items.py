"""One item by its code."""

import pytest

from servicehall.catalogue import items as catalogue
from servicehall.catalogue.publishing import mark, publish
from servicehall.kernel.errors import NotFound


def test_an_item_is_found_with_its_wording(work, items):
    publish(work, items)
    found = catalogue.entry(work, items[2].code)
    assert found.name == items[2].name
    assert found.current.item == items[2]
    assert catalogue.current(work, items[2].code) is found.current
    assert catalogue.revision(work, found.current_id) is found.current


def test_a_suspended_item_can_still_be_read(work, items):
    publish(work, items)
    mark(work, items[2].code, state="suspended", reason="系统升级")
    assert catalogue.entry(work, items[2].code).state == "suspended"


def test_what_is_not_there_is_not_found(work):
    with pytest.raises(NotFound):
        catalogue.current(work, "nothing")
    with pytest.raises(NotFound):
        catalogue.revision(work, 1)
