"""Data elements: defined once, used again, every one with words, a length and a class."""

from servicehall.lending import resourcing
from servicehall.opendata import figures
from servicehall.sharing.datasets import DATASETS
from servicehall.sharing.elements import CLASSES, ELEMENTS, KINDS


def test_each_is_whole_and_named_by_its_code() -> None:
    for code, element in ELEMENTS.items():
        assert code == element.code
        assert element.name
        assert element.definition
        assert element.length > 0
        assert element.kind in KINDS
        assert element.classification in CLASSES


def test_identifiers_are_sensitive_and_each_element_is_used() -> None:
    for element in ELEMENTS.values():
        assert not element.identifier or element.classification == "sensitive"
    used = {item.element.code for d in DATASETS.values() for item in d.items.values()}
    own = (figures.ITEMS, *(of for of, _ in figures.KEPT.values()))
    used |= {field.element.code for of in own for field in of.columns.values()}
    used |= {field.element.code for field in resourcing.FIELDS.values()}
    assert used == set(ELEMENTS)
