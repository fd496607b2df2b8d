"""Sampling: at least one a night of each item, by a lot nobody chooses, looked at by the department."""

import pytest
from sqlalchemy import select

from servicehall.automating import instant, sampling
from servicehall.automating.models import InstantDecision
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.work import SYSTEM
from tests.automating.test_instant import ELSEWHERE, judged
from tests.cases.halls import Scene


def drawn(stage: Scene) -> list[bool | None]:
    with stage.hall.work(SYSTEM) as work:
        tried: set[int] = set()
        while sampling.draw_one(work, tried):
            work.commit()
        return list(
            work.session.scalars(select(InstantDecision.drawn).order_by(InstantDecision.id))
        )


def test_one_of_three_is_drawn_the_next_day_and_looked_at(stage: Scene) -> None:
    for _ in range(3):
        judged(stage, stage.applied("wang", ELSEWHERE))
    assert drawn(stage) == [None, None, None], "not on the day itself"
    with stage.later(days=1):
        assert sorted(map(bool, drawn(stage))) == [False, False, True]
        assert drawn(stage).count(True) == 1, "once"
        with stage.work("reviewer-medical") as work:
            (one,) = sampling.waiting(work)
            key = one.case.key
        with stage.work("reviewer-civil") as work:
            assert not sampling.waiting(work)
            with pytest.raises(NotFound):
                sampling.looked(work, stage.case(work, key), sound=True, note="")
        for said, field in (
            ({"sound": None, "note": ""}, "sound"),
            ({"sound": False, "note": "错"}, "note"),
        ):
            with stage.work("reviewer-medical") as work, pytest.raises(Invalid) as told:
                sampling.looked(work, stage.case(work, key), **said)
            assert told.value.field == field
        with stage.work("reviewer-medical") as work:
            sampling.looked(work, stage.case(work, key), sound=False, note="参保状态有误")
        with stage.work("reviewer-medical") as work:
            assert not sampling.waiting(work)
            with pytest.raises(Conflict):
                sampling.looked(work, stage.case(work, key), sound=True, note="")
    with stage.hall.work(SYSTEM) as work:
        found = instant.of(work, stage.case(work, key))
        assert found is not None
        assert found.sound is False
