"""王 registers as a nurse: search to license, without one paper that a registry already holds."""

import pytest

from servicehall.applying import intake
from servicehall.cases import deadlines, matters, prefill
from servicehall.cases.states import State
from servicehall.kernel.errors import NotFound
from servicehall.licenses import wallet
from servicehall.oversight import integrity, usage
from servicehall.verifying import verification
from servicehall.wiring import Hall
from tests.journeys.stage import Stage

NURSE = "119901010000002388499012300200001"


@pytest.fixture
def stage(hall: Hall) -> Stage:
    return Stage(hall)


def test_from_consent_to_verified_license(stage: Stage) -> None:
    key = stage.begin("wang", NURSE)
    with stage.work("wang") as work:
        case = stage.case(work, key)
        facts = {f.name: f for f in prefill.facts(case)}
        assert facts["population.person.name"].status == "verified"
        assert {m.code: m.how for m in case.materials} == {
            "identity": "registry", "degree": "registry", "employment": "registry",
            "credit": "registry", "health_report": "pending",
        }  # fmt: skip
    stage.fill("wang", key)
    number = stage.submit("wang", key)
    assert number.startswith("990101202603021000000")
    stage.accepted(key)
    with stage.work("wang") as work:
        case = stage.case(work, key)
        assert str(case.due_on) == "2026-03-09"
        assert [d.count for d in deadlines.explain(work, case)] == [None, 1, 2, 3, 4, None, None, 5]
    stage.agreed("reviewer-health", key)
    stage.granted("reviewer-health", key)
    assert stage.state(key) is State.CLOSED
    with stage.work("wang") as work:
        license = wallet.mine(work)[0]
        assert license.issue_key == number
        assert len(license.record.evidence) >= 4
        assert wallet.own(work, license.code) is license
        assert verification.by_code(work, license.code).result == "valid"
        assert not list(integrity.breaches(work, stage.hall.heads()))
        assert {u.act for u in usage.find(work)} >= {"查询共享数据"}


def test_a_second_begin_resumes_the_draft(stage: Stage) -> None:
    assert stage.begin("wang", NURSE) == stage.begin("wang", NURSE)


def test_the_same_submit_twice_is_one_case(stage: Stage) -> None:
    key = stage.begin("wang", NURSE)
    stage.fill("wang", key)
    assert stage.submit("wang", key) == stage.submit("wang", key)


def test_nobody_else_opens_the_case(stage: Stage) -> None:
    key = stage.begin("wang", NURSE)
    with stage.work("chen") as work, pytest.raises(NotFound):
        matters.own(work, key)
    with stage.work("clerk") as work, pytest.raises(NotFound):
        matters.for_staff(work, key)  # a draft is nobody's business


def test_a_withdrawn_case_is_over(stage: Stage) -> None:
    key = stage.begin("wang", NURSE)
    with stage.work("wang") as work:
        intake.withdraw(work, stage.case(work, key))
    assert stage.state(key) is State.WITHDRAWN
    assert stage.begin("wang", NURSE) != key
