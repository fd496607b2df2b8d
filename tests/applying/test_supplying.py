"""Supplying: handed in after acceptance, within its days; looked at; late is refused by the clock."""

import pytest

from servicehall.applying import attaching, intake, supplying
from servicehall.cases.states import State
from servicehall.handling import decisions, receiving, revoking, supplementing, sweeping
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.work import SYSTEM
from servicehall.notices import outbox
from tests.cases.halls import LABOR, VENUE, Scene
from tests.journeys.stage import PDF

CODE = "agreement"


@pytest.fixture
def key(stage: Scene) -> str:
    """An accepted case of the firm with one paper promised for later."""
    firm = stage.firm()
    made = stage.begin("li", LABOR, firm)
    with stage.work("li", firm) as work:
        case = stage.case(work, made)
        later = next(m.code for m in case.item.materials if m.needed == "deferrable")
        assert later == CODE
        attaching.bring(work, case, CODE)
    stage.fill("li", made, firm)
    stage.submit("li", made, firm)
    stage.accepted(made)
    return made


def supply(stage: Scene, key: str, code: str = CODE, content: bytes = PDF) -> None:
    with stage.work("li", stage.firm()) as work:
        supplying.hand_in(work, stage.case(work, key), code, name="协议.pdf", content=content)


def lacking(stage: Scene, key: str) -> bool:
    with stage.work("clerk") as work:
        return "还有必要材料没有交齐" in decisions.obstacles(work, stage.case(work, key))


def test_who_owes_something_is_known(stage: Scene, key: str) -> None:
    """A paper still to come, a question passed on, a revocation not spoken to; each until it is done."""
    other = stage.applied("li", VENUE, stage.firm())
    stage.accepted(other)
    owes = waiting(stage)
    assert (key in owes, other in owes) == (True, False)
    supply(stage, key)
    stage.does("reviewer-police", other, supplementing.ask, words="请说明监控覆盖的范围")
    assert waiting(stage) & {key, other} == set()  # the window has not passed it on
    with stage.work("auditor") as work:
        number = stage.case(work, other).supplements[-1].id
    stage.does("clerk", other, supplementing.pass_on, number=number)
    assert other in waiting(stage)
    stage.does("clerk", other, supplementing.answer, number=number, said="全覆盖")
    assert other not in waiting(stage)


def test_who_is_to_be_heard_before_a_revocation_is_waited_for(stage: Scene) -> None:
    granted = stage.granted_nurse()
    assert granted not in waiting(stage, "wang")
    said = {"reason": "以欺骗手段取得：体检报告系伪造", "law": "行政许可法 第六十九条第二款"}
    stage.does("reviewer-health", granted, revoking.tell, **said)
    assert granted in waiting(stage, "wang")
    with stage.work("wang") as work:
        revoking.state(work, stage.case(work, granted), "报告是医院开的，请核查")
    assert granted not in waiting(stage, "wang")


def waiting(stage: Scene, login: str = "li") -> set[str]:
    with stage.work(login, stage.firm() if login == "li" else "") as work:
        cases = intake.mine(work)
        asked = supplying.asked(work, cases)
        return {case.key for case in cases if case.id in asked}


def test_in_time_it_waits_for_the_clerk_and_no_day_runs(stage: Scene, key: str) -> None:
    supply(stage, key)
    supply(stage, key)  # a better scan takes its place
    with stage.work("clerk") as work:
        case = stage.case(work, key)
        assert case.supply_by is None
        (row,) = supplying.open_papers(case)
        assert attaching.content(work, row)
    assert lacking(stage, key)
    with stage.later(days=60), stage.hall.work(SYSTEM) as work:
        assert key not in {case.key for case in sweeping.unsupplied(work)}
    stage.does("clerk", key, receiving.check, code=CODE, holds=True, reason="")
    assert not lacking(stage, key)
    with pytest.raises(Conflict):
        supply(stage, key)


def test_what_does_not_hold_is_asked_for_again_with_its_days(stage: Scene, key: str) -> None:
    supply(stage, key)
    for holds, reason, field in ((None, "", "holds"), (False, "缺", "supply_reason")):
        with pytest.raises(Invalid) as refused:
            stage.does("clerk", key, receiving.check, code=CODE, holds=holds, reason=reason)
        assert refused.value.field == field
    stage.does("clerk", key, receiving.check, code=CODE, holds=False, reason="缺少对方签章")
    with pytest.raises(Conflict):
        stage.does("clerk", key, receiving.check, code=CODE, holds=True, reason="")
    with stage.work("li", stage.firm()) as work:
        case = stage.case(work, key)
        assert case.supply_by
        assert "缺少对方签章" in str(outbox.inbox(work)[0].params)
    supply(stage, key)


def test_what_comes_late_is_not_taken_and_the_clock_refuses(stage: Scene, key: str) -> None:
    with stage.later(days=60):
        with pytest.raises(Conflict, match="期限已过"):
            supply(stage, key)
        with stage.hall.work(SYSTEM) as work:
            decisions.refuse_unsupplied(work, stage.case(work, key))
            work.commit()
    assert stage.state(key) is State.REFUSED
    with pytest.raises(Conflict):
        supply(stage, key)


def test_only_the_party_and_only_what_is_awaited(stage: Scene, key: str) -> None:
    with stage.work("wang") as work, pytest.raises(NotFound):
        supplying.hand_in(work, stage.case(work, key), CODE, name="x", content=PDF)
    with pytest.raises(NotFound):
        supply(stage, key, "no_such")
    with pytest.raises(Invalid):
        supply(stage, key, content=b"MZ")
