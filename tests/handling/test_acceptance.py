"""Acceptance: the clerk takes a matter on, asks once, or refuses; silence counts as of the right day."""

from datetime import date

import pytest

from servicehall.applying import answering
from servicehall.cases.states import State
from servicehall.documents import filing
from servicehall.handling import acceptance, sweeping
from servicehall.kernel.clock import local_date
from servicehall.kernel.errors import Conflict, Forbidden, Invalid
from servicehall.kernel.work import SYSTEM
from servicehall.notices import outbox
from servicehall.payments import billing
from tests.cases.halls import ID_CARD, NURSE, Scene


def test_accepting_starts_the_clock_opens_reviews_and_bills(stage: Scene) -> None:
    key = stage.applied("wang", ID_CARD)
    stage.accepted(key)
    with stage.work("wang") as work:
        case = stage.case(work, key)
        assert case.state is State.ACCEPTED
        assert case.due_on == date(2026, 3, 17)  # 15 civil days
        assert [r.agrees for r in case.reviews] == [None]
        bill = billing.of(work, key)
        assert bill is not None
        assert bill.fen == 4000
        assert "已受理" in outbox.inbox(work)[0].text


def test_only_a_clerk_accepts(stage: Scene) -> None:
    key = stage.applied("chen", ID_CARD)
    for login in ("chen", "reviewer-police", "supervisor"):
        with pytest.raises(Forbidden):
            stage.does(login, key, acceptance.accept)


def test_points_are_kept_without_blank_ones(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    for points in ([], ["", "  "]):
        with pytest.raises(Invalid) as refused:
            stage.does("clerk", key, acceptance.ask_correction, points=points)
        assert refused.value.field == "points"
    stage.does("clerk", key, acceptance.ask_correction, points=[" 照片不清晰 ", "", "地址不完整"])
    with stage.work("wang") as work:
        case = stage.case(work, key)
        assert case.correction is not None
        assert case.correction.points == ["照片不清晰", "地址不完整"]
        assert case.correction.answer_by == date(2026, 3, 9)
        answering.autosave(work, case, {"institution": "示范区人民医院"})  # open again for editing
        work.commit()
    stage.submit("wang", key, submit_key="again")
    with pytest.raises(Conflict, match="一次性"):
        stage.does("clerk", key, acceptance.ask_correction, points=["再补一次"])


def test_silence_after_a_correction_counts_from_the_corrected_papers(stage: Scene) -> None:
    key = stage.applied("chen", NURSE)
    stage.does("clerk", key, acceptance.ask_correction, points=["照片不清晰"])
    with stage.later(days=21):
        stage.submit("chen", key, submit_key="again")
        with stage.later(days=10), stage.hall.work(SYSTEM) as work:
            while sweeping.accept_one(work):
                work.commit()
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        assert case.accepted_at is not None
        assert local_date(case.accepted_at) == date(2026, 3, 23)
        assert case.due_on is not None
        assert case.due_on > date(2026, 3, 23)


def test_who_saw_an_older_version_must_look_again(stage: Scene) -> None:
    key = stage.applied("li", NURSE)
    with stage.work("clerk") as work:
        case = stage.case(work, key)
        with pytest.raises(Conflict, match="已被别人更新"):
            acceptance.accept(work, case, version=case.version - 1)


def test_what_is_not_ours_is_sent_back_with_the_right_office(stage: Scene) -> None:
    key = stage.applied("chen", NURSE)
    for office, reason, field in (("", "不归本机关", "office"), ("示范市卫健委", "", "beyond")):
        with pytest.raises(Invalid) as refused:
            stage.does("clerk", key, acceptance.send_back, office=office, reason=reason)
        assert refused.value.field == field
    stage.does("clerk", key, acceptance.send_back, office="示范市卫健委", reason="执业机构不在本区")
    with stage.work("chen") as work:
        case = stage.case(work, key)
        assert (case.state, case.reason) == (State.RETURNED, "执业机构不在本区")
        paper = filing.of(work, key)[-1]
        assert "请向示范市卫健委申请。" in paper.words["paragraphs"]
        assert paper.words["remedies"]


def test_what_needs_no_permit_is_said_at_once(stage: Scene) -> None:
    key = stage.applied("chen", NURSE)
    with pytest.raises(Invalid):
        stage.does("clerk", key, acceptance.declare_not_needed, reason=" ")
    stage.does("clerk", key, acceptance.declare_not_needed, reason="已在有效期内，不需要再注册")
    with stage.work("chen") as work:
        assert stage.case(work, key).state is State.NOT_NEEDED
        assert "第三十二条第一款第（一）项" in filing.of(work, key)[-1].words["paragraphs"][0]


def test_refusing_needs_a_reason_and_ends_the_matter(stage: Scene) -> None:
    key = stage.applied("li", ID_CARD)
    with pytest.raises(Invalid) as refused:
        stage.does("clerk", key, acceptance.refuse, reason=" ")
    assert refused.value.field == "reason"
    stage.does("clerk", key, acceptance.refuse, reason="不属于本机关职权范围")
    with stage.work("li") as work:
        case = stage.case(work, key)
        assert (case.state, case.reason) == (State.REFUSED_ACCEPTANCE, "不属于本机关职权范围")
        assert case.closed_at is not None
        assert "救济途径" in outbox.inbox(work)[0].text
