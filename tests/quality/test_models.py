"""Figures in percent: rounded down, and whole where there is nothing to count."""

from hypothesis import given
from hypothesis import strategies as st

from servicehall.quality.models import Measure


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_percentages_are_honest(some, more):
    held = Measure(cells=some + more, filled=some, records=some + more, timely=some)
    assert 0 <= held.complete_percent <= 100
    assert (held.complete_percent == 100) is (more == 0)
    assert held.timely_percent == held.complete_percent


def test_all_kinds_count_as_conflicts():
    assert Measure(differs=1, unknown=2, absent=3, duplicate=4).found == 10
