"""Ratings: the owner, once, after the end, any grade; every one counts."""

import pytest

from servicehall.feedback import ratings
from servicehall.handling import acceptance
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from tests.cases.halls import ID_CARD, NURSE, Scene


def test_rated_once_by_its_owner_after_the_end(stage: Scene) -> None:
    key = stage.applied("wang", ID_CARD)
    with stage.work("wang") as work, pytest.raises(Conflict, match="办结之后"):
        ratings.rate(work, stage.case(work, key), 1, "")
    stage.does("clerk", key, acceptance.refuse, reason="不属于本机关职权范围")
    with stage.work("chen") as work, pytest.raises(NotFound):
        ratings.rate(work, stage.case(work, key), 5, "")
    for grade in (0, 6, -1):
        with stage.work("wang") as work, pytest.raises(Invalid) as refused:
            ratings.rate(work, stage.case(work, key), grade, "")
        assert refused.value.field == "grade"
    with stage.work("wang") as work:
        case = stage.case(work, key)
        ratings.rate(work, case, 1, f" 太慢了 {'慢' * 600}")
        work.commit()
        given = ratings.of(work, case)
        assert given is not None
        assert (given.grade, len(given.words)) == (1, 500)
        with pytest.raises(Conflict, match="已经评价过"):
            ratings.rate(work, case, 5, "")
        assert ratings.counts(work) == {5: 0, 4: 0, 3: 0, 2: 0, 1: 1}


def test_what_was_withdrawn_is_not_rated(stage: Scene) -> None:
    key = stage.begin("chen", NURSE)
    stage.withdrawn("chen", key)
    with stage.work("chen") as work, pytest.raises(Conflict):
        ratings.rate(work, stage.case(work, key), 5, "")
