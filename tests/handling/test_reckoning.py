"""Reckoning: a day that is no longer worked moves every open date; who is concerned is told once."""

from datetime import date

from servicehall.calendars import amending
from servicehall.handling import reckoning
from servicehall.kernel.work import SYSTEM
from servicehall.notices import outbox
from tests.cases.halls import NURSE, Scene


def test_every_open_date_moves_and_its_applicant_is_told(stage: Scene) -> None:
    waiting, key = stage.applied("chen", NURSE), stage.applied("wang", NURSE)
    stage.accepted(key)
    with stage.work("auditor") as work:
        case, other = stage.case(work, key), stage.case(work, waiting)
        before = case.due_on, case.statutory_on, case.reviews[0].due_on, other.accept_by
    with stage.work("items") as work:
        amending.change(work, date(2026, 3, 5), worked=False, reason="示范区停工停业通告")
    with stage.hall.work(SYSTEM) as work:
        tried: set[int] = set()
        assert reckoning.recount_one(work, tried)
        work.commit()
        assert not reckoning.recount_one(work, tried)
        assert not reckoning.recount_one(work, set())
    with stage.work("wang") as work:
        case, other = stage.case(work, key), stage.case(work, waiting)
        after = case.due_on, case.statutory_on, case.reviews[0].due_on, other.accept_by
        assert all(new > old for new, old in zip(after, before, strict=True) if new and old)
        assert "日历" in outbox.inbox(work)[0].text
