"""Paths and matrices: first one, then the other; circles stay round."""

from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from servicehall.printing.ofdpath import Path, placed, times

numbers = st.floats(-50, 50)
matrices = st.tuples(*[numbers] * 6)


@given(matrices, matrices, numbers, numbers)
def test_two_matrices_are_one_after_the_other(first, then, x, y):
    parts = [("M", (x, y))]
    both = placed(parts, times(first, then))[0][1]
    one_by_one = placed(placed(parts, first), then)[0][1]
    assert all(abs(a - b) < 1e-6 for a, b in zip(both, one_by_one, strict=True))


def test_a_circle_is_round_and_closed():
    path = Path()
    path.circle(3, 4, 10)
    assert [operator for operator, _ in path.parts] == ["M", "B", "B", "B", "B", "C"]
    for _, points in path.parts[1:-1]:
        x, y = points[-2:]
        assert abs(hypot(x - 3, y - 4) - 10) < 1e-9


def test_a_rounded_box_stays_in_its_box():
    path = Path()
    path.roundRect(0, 0, 40, 20, 5)
    every = [v for _, points in path.parts for v in points]
    assert (min(every), max(every[::2]), max(every[1::2])) == (0, 40, 20)
