"""What may stand on a face, and until when it is valid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.errors import Invalid
from servicehall.licenses.ordering import filled, last_day
from tests.licenses.conftest import NUMBER, license_type, order

TODAY = date(2026, 3, 1)


def faces(**changes):
    return {**order().faces, **changes}


def values(**changes):
    return {v.code: v.value for v in filled(order(faces=faces(**changes)), today=TODAY)}


def test_faces_are_filled_in_the_order_of_the_type():
    found = filled(order(), today=TODAY)
    assert [v.code for v in found] == ["name", "number", "vessel", "built_on", "fee"]
    assert [v.value for v in found][2:] == ["示渔 0001 号", "2019-05-01", "123450"]


def test_what_is_optional_may_be_empty():
    given_faces = {k: v for k, v in order().faces.items() if k not in ("built_on", "fee")}
    assert [v.value for v in filled(order(faces=given_faces), today=TODAY)][3:] == ["", ""]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("name", ""),
        ("name", "\u202e\u200b"),
        ("number", NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")),
        ("built_on", "2019-02-30"),
        ("built_on", "去年"),
        ("fee", "12.50"),
        ("fee", "-1"),
        ("fee", "１２"),
        ("vessel", "船" * 501),
        ("colour", "red"),
    ],
)
def test_a_wrong_face_is_named(code, value):
    with pytest.raises(Invalid) as caught:
        values(**{code: value})
    assert caught.value.field == code


def test_one_page_holds_it():
    kind = license_type(
        faces=tuple(license_type().faces[2].model_copy(update={"code": f"f{n}"}) for n in range(5))
    )
    with pytest.raises(Invalid):
        filled(order(type=kind, faces={f"f{n}": "长" * 450 for n in range(5)}), today=TODAY)


def test_hidden_characters_do_not_get_in():
    assert values(vessel="  示\u202e渔\u200b\x00 0001\n号\t ")["vessel"] == "示渔 0001 号"


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 3, 1), 60, date(2031, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 3, 1), None, None),
    ],
)
def test_the_last_day_is_the_one_before_the_anniversary(first, months, last):
    assert last_day(order(type=license_type(valid_months=months)), first) == last


def test_an_end_of_its_own():
    end = date(2026, 12, 31)
    assert last_day(order(valid_to=end), TODAY) == end


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.integers(1, 600))
def test_the_next_term_begins_the_day_after(first, months):
    last = last_day(order(type=license_type(valid_months=months)), first)
    assert last >= first
    months_between = (last.year - first.year) * 12 + last.month - first.month
    assert months_between in (months - 1, months)
