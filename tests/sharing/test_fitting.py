"""Fitting: names and synonyms count first, then type, length and values; nothing is forced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.sharing import fitting
from servicehall.sharing.elements import ELEMENTS, KINDS
from servicehall.sharing.sheetform import Column


def column(name, kind="string", length=10, code="item_1", values=()):
    return Column(code, name, kind, length, values, "", "表 2")


@pytest.mark.parametrize("element", ELEMENTS.values(), ids=lambda e: e.code)
def test_every_element_is_found_by_its_own_names(element):
    for name in (element.name, *element.synonyms):
        found = fitting.fits(column(name, element.kind, element.length), most=6)
        assert element.code in [one.element for one in found], name
        assert found[0].confidence == 100


@pytest.mark.parametrize(("said", "kind", "element"), [
    ("申请人身份证号码", "string", "citizen_number"), ("企业统一社会信用代码", "string", "credit_code"),
    ("SFZH", "string", "citizen_number"), ("单位法定代表人", "string", "representative"),
    ("总建筑面积", "number", "area"), ("性别代码", "string", "sex"),
])  # fmt: skip
def test_names_of_real_tables_are_recognized(said, kind, element):
    assert fitting.fits(column(said, kind, 1 if element == "sex" else 10))[0].element == element


def test_the_code_of_a_column_helps():
    assert fitting.fits(column("号", code="tyshxydm"))[0].element == "credit_code"


@pytest.mark.parametrize("said", ["犬只品种", "疫苗批次", "??"])
def test_what_nothing_resembles_is_left_to_a_person(said):
    assert fitting.fits(column(said)) == []


NAMES = st.sampled_from([n for e in ELEMENTS.values() for n in (e.name, *e.synonyms)]) | st.text(
    min_size=1, max_size=12
)


@given(NAMES, st.sampled_from(sorted(KINDS)), st.integers(1, 4000), st.sampled_from(list(ELEMENTS)))
def test_a_wrong_type_or_too_little_room_never_fits_better(name, kind, length, code):
    element = ELEMENTS[code]
    right = fitting.confidence(column(name, element.kind, element.length), element)
    assert 0 <= fitting.confidence(column(name, kind, length), element) <= right <= 100


@given(NAMES, st.sampled_from(sorted(KINDS)))
def test_the_best_stands_first_and_none_is_a_guess(name, kind):
    found = fitting.fits(column(name, kind))
    assert [f.confidence for f in found] == sorted((f.confidence for f in found), reverse=True)
    assert all(f.confidence >= fitting.PROPOSED for f in found)
