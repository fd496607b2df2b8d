"""What comes later: papers brought to the window, values that somebody checks, fees."""

import pytest

from servicehall.applying import attaching
from servicehall.cases import prefill
from servicehall.handling import acceptance, decisions, receiving
from servicehall.kernel.errors import Conflict, Forbidden, Invalid
from servicehall.wiring import Hall
from tests.journeys.stage import Stage
from tests.journeys.test_every_item import organization

DISPATCH = "1199010100000014XL499011400800001"
NURSE = "119901010000002388499012300200001"


@pytest.fixture
def stage(hall: Hall) -> Stage:
    return Stage(hall)


def deferred(stage: Stage) -> tuple[str, str]:
    """A submitted case whose one deferrable paper is to be brought later; (key, material)."""
    firm = organization(stage)
    key = stage.begin("li", DISPATCH, firm)
    with stage.work("li", firm) as work:
        case = stage.case(work, key)
        code = next(m.code for m in case.item.materials if m.needed == "deferrable")
        attaching.bring(work, case, code)
    stage.fill("li", key, firm)
    stage.submit("li", key, firm)
    return key, code


def test_a_paper_brought_later_is_received_and_no_longer_in_the_way(stage: Stage) -> None:
    key, code = deferred(stage)
    stage.accepted(key)
    with stage.work("clerk") as work:
        assert "还有必要材料没有交齐" in decisions.obstacles(work, stage.case(work, key))
    with pytest.raises(Forbidden):
        stage.does("reviewer-hr", key, receiving.receive, code=code)
    stage.does("clerk", key, receiving.receive, code=code)
    with stage.work("clerk") as work:
        assert "还有必要材料没有交齐" not in decisions.obstacles(work, stage.case(work, key))
    with pytest.raises(Conflict):
        stage.does("clerk", key, receiving.receive, code=code)


def test_a_declared_value_holds_up_the_grant_until_somebody_checked_it(stage: Stage) -> None:
    key = stage.begin("wang", NURSE)
    with stage.work("wang") as work:  # as if the registry had been down
        case = stage.case(work, key)
        name = "education.degree.level"
        case.facts = {
            **case.facts,
            name: {**case.facts[name], "value": "", "status": "unavailable"},
        }
        work.record("test.down", key)
    with stage.work("wang") as work:
        prefill.declare(work, stage.case(work, key), {name: "专科"})
    stage.fill("wang", key)
    stage.submit("wang", key)
    stage.accepted(key)
    stage.agreed("reviewer-health", key)
    with pytest.raises(Conflict, match="没有核对"):
        stage.does("reviewer-health", key, decisions.grant)
    with pytest.raises(Invalid):
        stage.does("clerk", key, receiving.confirm, name="population.person.name")
    stage.does("reviewer-health", key, receiving.confirm, name=name)
    stage.granted("reviewer-health", key)


def test_no_fee_is_taken_for_what_is_over(stage: Stage) -> None:
    key = stage.applied("wang", "11990101000000094N499070900100002")
    stage.does("clerk", key, acceptance.refuse, reason="不属于本机关职权范围")
    with pytest.raises(Conflict):
        stage.does("clerk", key, receiving.settle_fee, receipt="DEMO-000001")


def test_what_is_there_already_needs_no_paper(stage: Stage) -> None:
    key = stage.applied("wang", "11990101000000094N499070900100002")
    with stage.work("clerk") as work:
        codes = [row.code for row in stage.case(work, key).materials]
    with pytest.raises(Conflict, match="已经有了"):
        stage.does("clerk", key, receiving.receive, code=codes[0])
