"""The codes of real items read back into their parts; what is wrong is said."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.errors import Invalid
from servicehall.standard import itemcodes

REAL = [  # codes that governments have published (STANDARDS 1.2)
    ("11450721MB155808114000104002000", 4, "01", "04"),
    ("11450721348531435D4001033002000", 4, "10", "33"),
    ("11370800MB285591843370117002011", 3, "01", "17"),
    ("12441500196720244T3442199806003", 3, "21", "99"),
]


@pytest.mark.parametrize(("code", "level", "type_", "department"), REAL)
def test_real_codes(code, level, type_, department):
    found = itemcodes.task(code)
    assert (found.level, found.base.type, found.base.department) == (level, type_, department)
    assert str(found.base) == code[19:]
    assert itemcodes.task(code + "02").serial == "02"


def test_a_material_code_is_the_item_and_a_serial():
    found, serial = itemcodes.material("11450721348531435D4001033002000001")
    assert (found.base.department, serial) == ("33", 1)
    assert itemcodes.material_code(REAL[0][0] + "01", 7) == REAL[0][0] + "007"
    with pytest.raises(Invalid):
        itemcodes.material_code(REAL[0][0], 1000)


def test_a_sub_item_knows_its_main_item():
    assert itemcodes.base("370117002011").parent == "370117002000"
    assert itemcodes.base("370117002000").parent == itemcodes.base("44010200200Y").parent == ""


@pytest.mark.parametrize(
    ("reader", "code", "says"),
    [
        (itemcodes.base, "99012300200", "12 位"),
        (itemcodes.base, "99012300200X", "00Y"),
        (itemcodes.task, REAL[0][0][:30], "31 位"),
        (itemcodes.task, REAL[0][0].replace("114000", "118000"), "行使层级"),
        (itemcodes.task, REAL[0][0] + "xx", "两位"),
        (itemcodes.task, "2" + REAL[0][0][1:], "校验"),
        (itemcodes.material, REAL[0][0], "34 位"),
        (itemcodes.material, REAL[0][0] + "000", "001"),
    ],
)
def test_what_is_wrong_is_said(reader, code, says):
    with pytest.raises(Invalid, match=says):
        reader(code)


def test_older_codes_keep_their_scheme():
    assert itemcodes.legacy("2016", "XK0010100Y") == "XK0010100Y"
    assert itemcodes.legacy("2016", "0100123000")
    assert itemcodes.legacy("local", "沪-0012/3")
    for scheme, code in (("2016", "x"), ("2016", "1" * 25), ("local", "\n"), ("1998", "1")):
        with pytest.raises(Invalid):
            itemcodes.legacy(scheme, code)


@given(st.text() | st.text("0123456789AXY", min_size=31, max_size=34))
def test_any_text_is_read_or_refused(text):
    for reader in (itemcodes.base, itemcodes.task, itemcodes.material):
        with suppress(Invalid):
            assert reader(text)
