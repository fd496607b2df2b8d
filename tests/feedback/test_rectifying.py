"""A bad rating is answered, then mended or explained; the party is told and reads both."""

import pytest

from servicehall.feedback import ratings, rectifying
from servicehall.handling import acceptance
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.notices import outbox
from tests.cases.halls import ID_CARD, NURSE, Scene


def rated(stage: Scene, login: str, item: str, grade: int) -> str:
    key = stage.applied(login, item)
    stage.does("clerk", key, acceptance.refuse, reason="不属于本机关职权范围")
    with stage.work(login) as work:
        ratings.rate(work, stage.case(work, key), grade, "说不清楚")
    return key


def test_answered_and_mended(stage: Scene) -> None:
    key = rated(stage, "wang", NURSE, 1)
    with stage.work("reviewer-health") as work:
        assert rectifying.waiting(work) == 1
        (row,) = rectifying.to_do(work)
        assert row.answer_by
        assert row.mend_by
        assert row.answer_by < row.mend_by
        with pytest.raises(Conflict, match="先回应"):
            rectifying.mend(work, row, "已经改好了", mended=True)
        with pytest.raises(Invalid):
            rectifying.answer(work, row, "好")
        rectifying.answer(work, row, "已联系您，三日内改进告知的写法")
    with stage.work("reviewer-health") as work:
        row = rectifying.of_desk(work, rectifying.to_do(work)[0].key)
        with pytest.raises(Conflict, match="已经回应"):
            rectifying.answer(work, row, "再说一次也可以")
        rectifying.mend(work, row, "告知的写法已经改了", mended=True)
        with pytest.raises(Conflict, match="处理完"):
            rectifying.mend(work, row, "再改一次也可以", mended=True)
        assert rectifying.waiting(work) == 0
        assert rectifying.done(work) == [row]
    with stage.work("wang") as work:
        told = rectifying.of(work, stage.case(work, key))
        assert told
        assert (told.state, told.result) == ("mended", "告知的写法已经改了")
        assert sum("评价" in notice.text for notice in outbox.inbox(work)) == 2


def test_a_good_rating_asks_for_nothing(stage: Scene) -> None:
    key = rated(stage, "chen", NURSE, 3)
    with stage.work("chen") as work:
        assert rectifying.of(work, stage.case(work, key)) is None


def test_it_is_nobody_elses(stage: Scene) -> None:
    key = rated(stage, "chen", ID_CARD, 2)
    with stage.work("reviewer-police") as work:
        row = rectifying.of(work, stage.case(work, key))
        assert row
        assert row.key == rectifying.to_do(work)[0].key
    with stage.work("reviewer-market") as work, pytest.raises(NotFound):
        rectifying.of_desk(work, row.key)
