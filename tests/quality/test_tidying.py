"""Tidying: different writings of one value become one, different values never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.city import holdings
from servicehall.city.registers import REGISTERS
from servicehall.city.town import town
from servicehall.quality.tidying import tidy
from servicehall.sharing.datasets import DATASETS
from servicehall.sharing.elements import ELEMENTS


@pytest.mark.parametrize(("element", "said", "meant"), [
    ("sex", "1", "男"), ("sex", "2", "女"), ("sex", "女性", "女"), ("sex", "M", "男"),
    ("sex", "不详", "不详"), ("person_date", "2016/1/3", "2016-01-03"),
    ("person_date", "20160103", "2016-01-03"), ("person_date", "2016年1月3日", "2016-01-03"),
    ("person_date", "2016-02-30", "2016-02-30"), ("person_date", "去年", "去年"),
    ("credit_code", "91990102ma0000015t", "91990102MA0000015T"),
    ("citizen_number", "11010119900307123x", "11010119900307123X"),
    ("address", " 示范路１号　", "示范路1号"), ("person_name", "王 小明", "王小明"),
])  # fmt: skip
def test_one_way_to_write_it(element, said, meant):
    assert tidy(ELEMENTS[element], said) == meant


@given(st.sampled_from(list(ELEMENTS.values())), st.text(max_size=20))
def test_tidying_twice_changes_nothing_more(element, said):
    once = tidy(element, said)
    assert tidy(element, once) == once


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y.%m.%d"]))
def test_every_writing_of_a_day_is_that_day(day, form):
    said = day.strftime(form).zfill(8)
    if day.year >= 1000:
        assert tidy(ELEMENTS["person_date"], said) == day.isoformat()


def test_what_the_base_library_holds_is_tidy_already():
    for number in list(town().people)[:300]:
        for code, value in holdings.records("population.person", number)[0].items():
            if code not in ("household_address", "residence_address"):
                assert tidy(DATASETS["population.person"].items[code].element, value) == value


def test_dirt_of_the_registers_is_no_difference():
    """Wherever tidying changed a value of a register, it is then what the base library says."""
    changed = 0
    for number in holdings.subjects("health.record"):
        base = holdings.records("population.person", number)
        record = holdings.records("health.record", number)[0]
        for code in ("sex", "birth_date"):
            said = tidy(DATASETS["health.record"].items[code].element, record[code])
            if base and said != record[code]:
                changed += said == base[0][code]
    assert changed > 40
    assert set(REGISTERS) <= set(DATASETS)
