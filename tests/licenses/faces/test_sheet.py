"""Rows come in their order, empty ones are left out, long ones get a whole line."""

from servicehall.licenses.faces.sheet import Row, paired, rows
from servicehall.printing import fonts
from tests.licenses.conftest import FONTS
from tests.licenses.test_rendering import face, made

fonts.load(FONTS)


def test_rows_are_the_faces_and_the_validity():
    found = rows(made(faces=(face("甲", name="一"), face("", name="二"), face("丙", name="三"))))
    assert found == [Row("一", "甲"), Row("三", "丙"), Row("有效期", "2026年3月1日起长期有效")]


def test_two_by_two_unless_too_long():
    short, long = Row("一", "甲"), Row("二", "乙" * 50)
    assert paired([short, short, short], 10, 100) == [(short, short), (short,)]
    assert paired([short, long, short, short], 10, 100) == [(short,), (long,), (short, short)]
    assert paired([], 10, 100) == []
