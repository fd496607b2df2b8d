"""Supervision: how many cases stand where, which are late; for the supervisor alone."""

import pytest

from servicehall.cases.states import State
from servicehall.kernel.errors import Forbidden
from servicehall.oversight import supervision
from tests.cases.halls import ID_CARD, NURSE, Scene


def test_the_board_counts_what_there_is(stage: Scene) -> None:
    stage.granted_nurse()
    late = stage.applied("chen", NURSE)
    stage.accepted(late)
    stage.begin("li", ID_CARD)  # a draft is nobody's business
    with stage.later(days=30), stage.work("supervisor") as work:
        counts = supervision.counts(work)
        assert (counts[State.CLOSED], counts[State.ACCEPTED], sum(counts.values())) == (1, 1, 2)
        assert State.DRAFT not in counts
        assert [c.key for c in supervision.late(work)] == [late]
        (row,) = supervision.departments(work)
        assert (row.open, row.late, row.closed) == (1, 1, 1)
    with stage.work("supervisor") as work:
        assert not supervision.late(work)
    for figures in (supervision.counts, supervision.late, supervision.departments):
        with stage.work("clerk") as work, pytest.raises(Forbidden):
            figures(work)
