"""Names: every field of an item belongs to one page of the editor, or to the last one."""

from servicehall.portals.console import labels
from servicehall.standard.schema import Item


def test_every_page_has_a_name_and_only_fields_there_are() -> None:
    assert {*labels.FIELDS} | {"other"} == {*labels.GROUPS}
    named = [name for names in labels.FIELDS.values() for name in names]
    assert len(named) == len(set(named))
    assert set(named) <= set(Item.model_fields)


def test_words_are_found_by_element_first() -> None:
    assert labels.element("Item", "code") == "实施编码"
    assert labels.element("Material", "code") == "代号"
    assert labels.choice("type", "01") == "行政许可"
    assert labels.choice("any", "unknown") == "unknown"
