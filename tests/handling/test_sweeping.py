"""Sweeping: what was cut off is finished, silence is acceptance, and again changes nothing."""

from datetime import date, time, timedelta

import pytest

from servicehall.applying import attaching
from servicehall.cases.states import State
from servicehall.documents import filing
from servicehall.handling import acceptance, decisions, reviewing, sweeping
from servicehall.kernel.errors import Invalid
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import library, wallet
from tests.cases.halls import FOOD, ID_CARD, LABOR, NURSE, VENUE, Scene

RENEWAL = "11990101000000318U499013100100002"


def test_a_grant_cut_off_is_finished(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    stage.accepted(key)
    stage.agreed("reviewer-health", key)
    stage.rechecked("reviewer-health", key)
    stage.does("reviewer-health", key, decisions.grant)  # and here the power fails
    assert stage.state(key) is State.GRANTED
    with stage.hall.work(SYSTEM) as work:
        assert sweeping.finish_one(work)
        work.commit()
        assert not sweeping.finish_one(work)
    assert stage.state(key) is State.CLOSED
    with stage.work("wang") as work:
        assert len(wallet.mine(work)) == 1


def test_silence_is_acceptance_only_when_the_days_are_over(stage: Scene) -> None:
    key = stage.applied("chen", ID_CARD)
    for days, accepted in ((7, False), (8, True)):  # five working days: until 9 March
        with stage.later(days=days), stage.hall.work(SYSTEM) as work:
            assert sweeping.accept_one(work) is accepted
            if work.unfinished:
                work.commit()
    assert stage.state(key) is State.ACCEPTED
    with stage.later(days=30), stage.hall.work(SYSTEM) as work:
        assert not sweeping.accept_one(work)


def swept(stage: Scene, timer: str, **later: float) -> bool:
    """Whether *timer* fired for anything, so much later; it fires no second time."""
    with stage.later(**later), stage.hall.work(SYSTEM) as work:
        fired = sweeping.TIMERS[timer](work, set())
        if work.unfinished:
            work.commit()
        assert not sweeping.TIMERS[timer](work, set())
        return fired


def test_a_correction_that_never_comes_ends_the_matter(stage: Scene) -> None:
    key = stage.applied("chen", NURSE)
    stage.does("clerk", key, acceptance.ask_correction, points=["照片不清晰"])
    assert not swept(stage, "uncorrected", days=7)  # until 9 March
    assert swept(stage, "uncorrected", days=8)
    assert stage.state(key) is State.UNCORRECTED
    with stage.work("chen") as work:
        paper = filing.of(work, key)[-1]
        assert "可以重新申请" in "".join(paper.words["paragraphs"])


def test_only_a_declared_department_agrees_by_silence_and_nobody_decides_so(stage: Scene) -> None:
    key = stage.applied("li", VENUE, stage.firm())
    stage.accepted(key)
    with stage.work("auditor") as work:
        last = max(r.due_on for r in stage.case(work, key).reviews if r.due_on)
        days = (last - work.today()).days
    assert not swept(stage, "review_defaulted", days=days)
    assert swept(stage, "review_defaulted", days=days + 1)
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        assert {r.name: r.agrees for r in case.reviews} == {
            "治安审查": None, "消防审查": None, "卫生审查": True,
        }  # fmt: skip
        assert case.state is State.ACCEPTED
        assert "超时默认" in "".join(filing.of(work, key)[-1].words["paragraphs"])
    stage.withdrawn("li", key, stage.firm())


def test_a_renewal_undecided_at_expiry_is_granted(stage: Scene) -> None:
    firm = stage.firm()
    first = stage.applied("li", FOOD, firm)
    stage.accepted(first)
    stage.agreed("reviewer-market", first)
    stage.granted("reviewer-market", first)
    with stage.work("li", firm) as work:
        old = wallet.of_case(work, stage.case(work, first).number)
        assert old
        days = 60
        old.valid_to = work.today() + timedelta(days=days)  # as if it had been issued years ago
        work.record("test.aged", old.identifier)
    with stage.later(days=days - 29):  # 29 days before: too late for the law's silence
        late = stage.applied("li", RENEWAL, firm)
        with stage.work("auditor") as work:
            assert stage.case(work, late).renews_until is None
        stage.withdrawn("li", late, firm)
    with stage.later(days=days - 30):
        key = stage.applied("li", RENEWAL, firm)
        stage.accepted(key)
    assert not swept(stage, "granted_by_silence", days=days)
    assert swept(stage, "granted_by_silence", days=days + 1)
    assert stage.state(key) is State.GRANTED
    with stage.later(days=days + 1):
        assert swept(stage, "finished")
        with stage.work("li", firm) as work:
            case = stage.case(work, key)
            assert case.state is State.CLOSED
            new = wallet.of_case(work, case.number)
            assert new
            assert (new.version, new.in_force(work.today())) == (2, True)
            grant = next(one for one in filing.of(work, key) if one.kind == "grant")
            assert "第五十条第二款" in "".join(grant.words["paragraphs"])
            assert library.successor(work, library.by_identifier(work, old.identifier)) is new


def test_a_hearing_has_its_days_and_a_presider_who_does_not_review(stage: Scene) -> None:
    key = stage.applied("li", VENUE, stage.firm())
    stage.accepted(key)
    told = {"kind": "hearing", "officers": "", "presider": "孙三", "held_at": time(9, 30),
            "place": "三楼听证室"}  # fmt: skip
    for held_on, presider in ((None, "孙三"), (date(2026, 3, 10), "孙三"), (date(2026, 3, 31), "孙三"),
                              (date(2026, 3, 16), ""), (date(2026, 3, 16), "文旅审批员")):  # fmt: skip
        with pytest.raises(Invalid):
            stage.does("reviewer-culture", key, reviewing.suspend,
                       **{**told, "held_on": held_on, "presider": presider})  # fmt: skip
    stage.does("reviewer-culture", key, reviewing.suspend, **told, held_on=date(2026, 3, 11))
    with stage.work("auditor") as work:
        (pause,) = stage.case(work, key).pauses
        assert (pause.held_on, pause.presider) == (date(2026, 3, 11), "孙三")
    stage.withdrawn("li", key, stage.firm())
    with stage.work("auditor") as work:
        assert stage.case(work, key).pauses[0].ended_on == date(2026, 3, 2)


def test_what_was_to_come_later_and_did_not_is_refused(stage: Scene) -> None:
    """容缺: accepted with a list and a day; no decision before, refused in writing after."""
    key = stage.begin("li", LABOR, stage.firm())
    with stage.work("li", stage.firm()) as work:
        case = stage.case(work, key)
        code = next(m.code for m in case.item.materials if m.needed == "deferrable")
        attaching.bring(work, case, code)
    stage.fill("li", key, stage.firm())
    stage.submit("li", key, stage.firm())
    stage.accepted(key)
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        assert case.supply_by == date(2026, 3, 5), "three working days from Monday"
        letter = next(p for p in filing.of(work, key) if p.kind == "acceptance")
        assert "容缺受理：以下材料可以后补，请于2026年3月5日前" in "".join(
            letter.words["paragraphs"]
        )
    for days, state in ((3, State.ACCEPTED), (4, State.REFUSED)):
        with stage.later(days=days):
            with stage.hall.work(SYSTEM) as work:
                tried: set[int] = set()
                while sweeping.refuse_one(work, tried):
                    work.commit()
            assert stage.state(key) is state
    with stage.work("auditor") as work:
        assert "没有补交" in (stage.case(work, key).reason or "")
