"""Decisions: every obstacle in words, reasons in writing, and a license that comes once."""

import pytest

from servicehall.applying import attaching
from servicehall.cases.states import State
from servicehall.handling import decisions, reviewing
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.licenses import wallet
from servicehall.payments import billing, payouts
from tests.cases.halls import ALLOWANCE, FUND, ID_CARD, LABOR, NURSE, Scene

POLICE, HEALTH = "reviewer-police", "reviewer-health"


def obstacles(stage: Scene, key: str) -> list[str]:
    with stage.work("auditor") as work:
        return decisions.obstacles(work, stage.case(work, key))


def test_each_obstacle_is_said(stage: Scene) -> None:
    key = stage.applied("wang", ID_CARD)
    stage.accepted(key)
    assert obstacles(stage, key) == ["还有部门没有提交审查意见", "费用尚未缴清"]
    with pytest.raises(Conflict, match="还有部门"):
        stage.does(POLICE, key, decisions.grant)
    stage.does(POLICE, key, reviewing.opine, agrees=False, opinion="照片不符合要求")
    assert obstacles(stage, key)[0] == "有部门不同意，只能作出不予许可决定"
    with stage.work("clerk") as work:
        billing.settle(work, key, "DEMO-00001")
    with pytest.raises(Conflict, match="不同意"):
        stage.does(POLICE, key, decisions.grant)


def test_a_paper_still_to_be_brought_stands_in_the_way(stage: Scene) -> None:
    firm = stage.firm()
    key = stage.begin("li", LABOR, firm)
    with stage.work("li", firm) as work:
        attaching.bring(work, stage.case(work, key), "agreement")
    stage.fill("li", key, firm)
    stage.submit("li", key, firm)
    assert "还有必要材料没有交齐" in obstacles(stage, key)


def test_a_refusal_gives_reasons_and_makes_no_license(stage: Scene) -> None:
    key = stage.applied("chen", NURSE)
    stage.accepted(key)
    with pytest.raises(NotFound):  # another department's
        stage.does("reviewer-market", key, decisions.refuse, reason="不符合法定条件")
    with pytest.raises(Invalid) as refused:
        stage.does(HEALTH, key, decisions.refuse, reason="不行")
    assert refused.value.field == "reason"
    stage.rechecked(HEALTH, key)
    stage.does(HEALTH, key, decisions.refuse, reason="不符合法定条件")
    with stage.work("chen") as work:
        case = stage.case(work, key)
        assert case.state is State.REFUSED
        decisions.finish(work, case)
        assert wallet.of_case(work, case.number) is None


def test_finishing_twice_makes_one_license(stage: Scene) -> None:
    key = stage.granted_nurse()
    with stage.work(HEALTH) as work:
        decisions.finish(work, stage.case(work, key))
        assert not work.unfinished
    with stage.work("wang") as work:
        (license,) = wallet.mine(work)
        evidence = license.record.evidence
        assert {e.dataset for e in evidence} >= {"population.person", "education.degree"}


@pytest.mark.parametrize(("item", "login", "fen"), [(ALLOWANCE, "chen", 10000), (FUND, "wang", 29)])
def test_a_benefit_is_ordered_to_the_fen(stage: Scene, item: str, login: str, fen: int) -> None:
    key = stage.applied(login, item, amount="0.29")  # 0.29 * 100 is 28.999… in floating point
    stage.accepted(key)
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        departments = [r.department for r in case.reviews]
        deciding = case.department
    logins = {stage.actor(name).department: name for name in ("reviewer-civil", "reviewer-fund")}
    for department in departments:
        stage.agreed(logins[department], key)
    stage.granted(logins[deciding], key)
    with stage.work("auditor") as work:
        payout = payouts.of(work, key)
        assert payout is not None
        assert payout.fen == fen
        # a required account is the one that was typed; without one it is the social security card
        assert payout.account in (
            ("6200000000000000",) if item == FUND else ("", "6200000000000000")
        )
        license = wallet.of_case(work, stage.case(work, key).number)
        assert license is not None
        amounts = [f.value for f in license.record.faces if f.kind == "money"]
        assert amounts in ([], [str(fen)])  # what is signed is what is paid
