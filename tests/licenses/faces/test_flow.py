"""Short rows stand two by two, long ones over the whole width."""

from servicehall.licenses.faces import flow
from servicehall.licenses.faces.sheet import Row
from servicehall.printing import fonts
from tests.licenses.conftest import FONTS

fonts.load(FONTS)
SHORT, LONG = Row("一", "甲"), Row("二", "乙" * 50)


def test_two_by_two_unless_too_long():
    assert flow.paired([SHORT, SHORT, SHORT], 10, 100) == [(SHORT, SHORT), (SHORT,)]
    assert flow.paired([SHORT, LONG, SHORT, SHORT], 10, 100) == [(SHORT,), (LONG,), (SHORT, SHORT)]
    assert flow.paired([], 10, 100) == []


def test_more_words_need_more_room():
    few, many = (flow.height(rows, "", 400, 10) for rows in ([SHORT], [SHORT, LONG]))
    assert few < many < flow.height([SHORT, LONG], "准予。", 400, 10)
    assert flow.height([SHORT, LONG], "", 400, 12) > many
