"""Declaring: what is said keeps the form of the element, or is refused with what is wrong."""

from datetime import date

import pytest

from servicehall.city import holdings, registers
from servicehall.city.town import town
from servicehall.kernel.errors import Invalid
from servicehall.sharing import declaring
from servicehall.sharing.datasets import DATASETS
from servicehall.sharing.elements import ELEMENTS
from tests.builders import CODE, NUMBER

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("element", "said", "kept"),
    [
        ("person_name", " 王小明 ", "王小明"), ("citizen_number", NUMBER, NUMBER),
        ("credit_code", CODE, CODE), ("sex", "女", "女"), ("person_date", "2026-01-31", "2026-01-31"),
        ("area", "８９.５", "89.5"), ("count_of_person", "0", "0"),
    ],
)  # fmt: skip
def test_what_keeps_the_form_is_taken(element: str, said: str, kept: str) -> None:
    assert declaring.checked(ELEMENTS[element], said, today=TODAY) == kept


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ("person_name", "长" * 101), ("citizen_number", "本人申报"), ("citizen_number", "1" * 18),
        ("credit_code", "X"), ("sex", "好"), ("person_date", "一月"), ("person_date", "2026-13-01"),
        ("area", "很大"), ("area", "-1"), ("area", "NaN"), ("area", "Infinity"),
    ],
)  # fmt: skip
def test_what_does_not_is_refused(element: str, said: str) -> None:
    with pytest.raises(Invalid):
        declaring.checked(ELEMENTS[element], said, today=TODAY)


def test_what_registries_hold_could_have_been_declared() -> None:
    city = town()
    for dataset in DATASETS.values():
        if dataset.code in registers.REGISTERS:
            continue  # these are written down with slips, for the comparison to find
        for subject in [*list(city.people)[:40], *list(city.companies)[:10]]:
            for record in holdings.records(dataset.code, subject):
                for field, value in record.items():
                    if value:
                        element = dataset.items[field].element
                        assert declaring.checked(element, value, today=date(2026, 11, 22)) == value
