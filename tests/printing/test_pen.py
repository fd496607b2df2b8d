"""Lines are never too wide, lose nothing, and begin with no closing mark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.printing import fonts
from servicehall.printing.pen import Pen, measure, wrapped
from tests.licenses.conftest import FONTS

fonts.load(FONTS)
CHINESE = st.text(st.sampled_from("示范市人民的政务，。、；：（）《》“”ab12 "), max_size=120)


@given(CHINESE, st.floats(60, 400), st.floats(5, 20))
def test_nothing_is_lost_and_nothing_sticks_out(text, width, size):
    lines = wrapped(text, size, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(measure(line, size) <= max(width, size * 1.01) for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("甲乙丙丁。戊", 40, ["甲乙丙", "丁。戊"]),
        ("甲乙丙（丁）", 40, ["甲乙丙", "（丁）"]),
        ("编号 ABCDEF", 50, ["编号", "ABCDEF"]),
        ("", 40, [""]),
    ],
)
def test_where_lines_break(text, width, lines):
    assert wrapped(text, 10, width) == lines


def test_a_word_wider_than_the_line_is_cut():
    assert "".join(wrapped("A" * 100, 10, 50)) == "A" * 100


def test_tints_run_from_white_to_the_colour():
    pen = Pen(None, "#b22222", (1, 1))
    assert pen.tint(0).rgb() == (1, 1, 1)
    assert pen.tint(1).rgb() == pytest.approx(pen.colour.rgb())
