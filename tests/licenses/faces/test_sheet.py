"""Rows come in their order, empty ones are left out; the seal stands where the template says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.licenses.faces.sheet import (
    Row,
    boxed,
    label_width,
    named_lines,
    outline,
    rows,
    seal_place,
)
from servicehall.licenses.faces.typesetting import SHORT, shortened
from servicehall.licenses.schema import Seal, Template
from servicehall.printing import fonts
from servicehall.printing.pen import MM, Pen
from tests.licenses.conftest import FONTS
from tests.licenses.test_rendering import face, made

fonts.load(FONTS)
VALIDITY = Row("有效期", "2026年3月1日起长期有效", "validity")


def test_rows_are_the_faces_and_the_validity():
    told = (face("甲", "a", name="一"), face("", name="二"), face("丙", "c", name="三"))
    assert rows(made(faces=told)) == [Row("一", "甲", "a"), Row("三", "丙", "c"), VALIDITY]


def test_who_issued_it_stands_under_the_seal_and_not_twice():
    record = made(faces=(face("示范市农业农村局", "authority", name="发证机关"),))
    assert rows(record) == [VALIDITY]
    other = made(faces=(face("示范市渔政支队", "authority", name="发证机关"),))
    assert rows(other)[0].value == "示范市渔政支队"


@given(st.dates(), st.integers(0, 10**12), st.text("示范路1A", min_size=1, max_size=30))
def test_the_outline_is_the_rows_with_what_is_short_as_one_character(day, fen, words):
    told = (
        face(day.isoformat(), "a", name="一", kind="date"), face(str(fen), "b", name="二", kind="money"),
        face(words, "c", name="三"), face("", name="四"),
        face("示范市农业农村局", "authority", name="发证机关"),
    )  # fmt: skip
    record = made(faces=told)
    *faces, validity = rows(record)
    assert outline(record) == (
        *[(row.label, shortened(row.value)) for row in faces], (validity.label, validity.value),
    )  # fmt: skip
    assert outline(record)[0] == ("一", SHORT)


def test_the_statement_may_have_a_box_too():
    record = made(faces=())
    assert boxed(record, rows(record)) == [VALIDITY, Row("", record.statement, "statement")]


def test_a_long_label_is_broken():
    assert label_width([Row("姓名", ""), Row("甲" * 40, "")], 10) == pytest.approx(90.3)
    assert named_lines(Row("甲" * 40, ""), 10, 98) > named_lines(Row("姓名", ""), 10, 98)


def test_the_seal_stands_where_the_template_says_or_where_the_layout_does():
    pen = Pen(None, "#b22222", (595, 842))
    assert seal_place(pen, made(), (1, 2, 3)) == (1, 2, 3)
    told = made(template=Template(seal=Seal(x=100, y=50, diameter=40)))
    assert seal_place(pen, told, (1, 2, 3)) == (100 / MM, 842 - 50 / MM, 20 / MM)
