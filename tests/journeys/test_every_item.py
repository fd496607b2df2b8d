"""Every applicable item goes from consent to its result, with all that is special about it."""

from datetime import date

import pytest
from sqlalchemy import select

from servicehall.cases.states import State
from servicehall.catalogue.models import ItemEntry
from servicehall.city.offices import offices
from servicehall.handling import acceptance, decisions, reviewing, sweeping
from servicehall.identity import directory, mandates
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.settings import HOME
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import wallet
from servicehall.licenses.models import State as LicenseState
from servicehall.oversight import integrity
from servicehall.payments import billing, payouts
from servicehall.standard import merging
from servicehall.verifying import verification
from servicehall.wiring import Hall
from tests.journeys.stage import Stage

FOOD, RENEWAL = "11990101000000318U499013100100001", "11990101000000318U499013100100002"
VENUE = "1199010100000022X8499012200600001"
ID_CARD = "11990101000000094N499070900100002"
ALLOWANCE, FUND = "1199010100000011574990511003000", "12990101000000676R399206700200001"
APPLICANTS = {ALLOWANCE: "chen"}


@pytest.fixture
def stage(hall: Hall) -> Stage:
    return Stage(hall)


def organization(stage: Stage) -> str:
    with stage.work("li") as work:
        return mandates.of(work, directory.person(work, work.actor.person))[0].organization.code


def items(hall: Hall) -> list[tuple[str, bool]]:
    with hall.work(Stage(hall).actor("items")) as work:
        rows = work.session.scalars(select(ItemEntry).where(ItemEntry.applicable)).all()
        return [(row.code, not row.natural) for row in rows]


def resting(hall: Hall) -> set[str]:
    """The items that only whoever holds another license may apply for."""
    with hall.work(Stage(hall).actor("items")) as work:
        rows = work.session.scalars(select(ItemEntry).where(ItemEntry.applicable)).all()
        return {row.code for row in rows if merging.rests_on(row.current.item)}


def reviewers(stage: Stage, key: str) -> tuple[list[str], str]:
    """The logins of the reviewing departments and of the deciding one."""
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        desk = {o.code: f"reviewer-{o.desk}" for o in offices()}
        return [desk[r.department] for r in case.reviews], desk[case.department]


def through(stage: Stage, key: str) -> None:
    """Accepted, paid for, agreed by everyone and granted."""
    stage.accepted(key)
    with stage.work("clerk") as work:
        if bill := billing.of(work, key):
            billing.settle(work, key, f"DEMO-{bill.id:06}")
    reviewing_logins, deciding = reviewers(stage, key)
    for login in reviewing_logins:
        stage.agreed(login, key)
    stage.granted(deciding, key)


def test_each_item_reaches_its_result(hall: Hall, stage: Stage) -> None:
    firm = organization(stage)
    later = resting(hall)
    every = [code for code, _ in items(hall)]
    assert len(every) == len(list((HOME / "items").glob("*.yaml")))
    every.sort(key=lambda code: code in later)  # what rests on a license comes after it
    every.remove(RENEWAL)
    for code in [*every, RENEWAL]:  # a renewal needs what it renews
        for_firm = dict(items(hall))[code]
        login = "li" if for_firm else APPLICANTS.get(code, "wang")
        key = stage.applied(login, code, firm if for_firm else "")
        through(stage, key)
        assert stage.state(key) is State.CLOSED, code
        with stage.work("auditor") as work:
            case = stage.case(work, key)
            license = wallet.of_case(work, case.number)
            if case.item.result and case.item.result.license_type:
                assert license is not None, code
                assert verification.by_code(work, license.code).result == "valid"
    with stage.work("auditor") as work:
        assert not list(integrity.breaches(work, hall.heads()))


def test_a_renewal_supersedes_the_license(hall: Hall, stage: Stage) -> None:
    firm = organization(stage)
    with pytest.raises(Invalid, match="不能办理延续"):
        stage.begin("li", RENEWAL, firm)
    for code in (FOOD, RENEWAL):
        through(stage, stage.applied("li", code, firm))
    with stage.work("li", firm) as work:
        new, old = wallet.mine(work)
        assert (new.version, old.version, old.state) == (2, 1, LicenseState.SUPERSEDED)
        assert verification.by_code(work, old.code).result == "superseded"
    with pytest.raises(Conflict, match="不需要重复申请"):
        stage.begin("li", FOOD, firm)


def test_three_departments_review_side_by_side(stage: Stage) -> None:
    key = stage.applied("li", VENUE, organization(stage))
    stage.accepted(key)
    logins, deciding = reviewers(stage, key)
    assert len(set(logins)) == 3
    stage.agreed(logins[0], key)
    with pytest.raises(Conflict, match="还有部门"):
        stage.does(deciding, key, decisions.grant)
    stage.agreed(logins[1], key)
    stage.does(logins[2], key, reviewing.opine, agrees=False, opinion="消防通道不符合要求")
    with pytest.raises(Conflict, match="有部门不同意"):
        stage.does(deciding, key, decisions.grant)
    stage.rechecked(deciding, key)
    stage.does(deciding, key, decisions.refuse, reason="消防通道不符合要求，见审查意见")
    assert stage.state(key) is State.REFUSED


def test_an_inspection_stops_the_clock(stage: Stage) -> None:
    key = stage.applied("li", FOOD, organization(stage))
    stage.accepted(key)
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        before = case.due_on
    with pytest.raises(Invalid, match="两名"):
        stage.does("reviewer-market", key, reviewing.suspend, kind="inspection", officers="赵一")
    stage.does("reviewer-market", key, reviewing.suspend, kind="inspection", officers="赵一，钱二")
    stage.hall.clock.forward(days=3)  # type: ignore[attr-defined]
    stage.does("reviewer-market", key, reviewing.resume, result="现场符合要求")
    with stage.work("auditor") as work:
        after = stage.case(work, key).due_on
    assert (before, after) == (date(2026, 3, 10), date(2026, 3, 13))  # 3 to 5 March do not count


def test_a_fee_comes_before_the_grant(stage: Stage) -> None:
    key = stage.applied("wang", ID_CARD)
    stage.accepted(key)
    for login in reviewers(stage, key)[0]:
        stage.agreed(login, key)
    with pytest.raises(Conflict, match="费用"):
        stage.does("reviewer-police", key, decisions.grant)
    with stage.work("clerk") as work:
        bill = billing.settle(work, key, "demo-000001")
        assert (bill.fen, bill.transaction) == (4000, "DEMO-000001")
        assert billing.settle(work, key, "DEMO-000001") is bill
        with pytest.raises(Conflict):
            billing.settle(work, key, "DEMO-000002")
    stage.granted("reviewer-police", key)


def test_benefits_are_ordered_once(stage: Stage) -> None:
    for login, code, fen in (("chen", ALLOWANCE, 10000), ("wang", FUND, 2000000)):
        key = stage.applied(login, code)
        through(stage, key)
        with stage.work("clerk") as work:
            payout = payouts.of(work, key)
            assert payout is not None
            assert payout.fen == fen
            payouts.confirm(work, key)


def test_correction_is_asked_once_and_all_at_once(stage: Stage) -> None:
    key = stage.applied("wang", ID_CARD)
    with pytest.raises(Invalid):
        stage.does("clerk", key, acceptance.ask_correction, points=["  "])
    stage.does("clerk", key, acceptance.ask_correction, points=["照片不清晰", "地址不完整"])
    assert stage.state(key) is State.CORRECTION
    number = stage.submit("wang", key, submit_key="again")
    assert number
    with pytest.raises(Conflict, match="一次性"):
        stage.does("clerk", key, acceptance.ask_correction, points=["再补一次"])
    stage.accepted(key)


def test_refusing_acceptance_needs_a_reason(stage: Stage) -> None:
    key = stage.applied("wang", ID_CARD)
    with pytest.raises(Invalid):
        stage.does("clerk", key, acceptance.refuse, reason=" ")
    stage.does("clerk", key, acceptance.refuse, reason="不属于本机关职权范围")
    assert stage.state(key) is State.REFUSED_ACCEPTANCE


def test_silence_of_the_office_is_acceptance(stage: Stage) -> None:
    key = stage.applied("wang", ID_CARD)
    stage.hall.clock.forward(days=10)  # type: ignore[attr-defined]
    with stage.hall.work(SYSTEM) as work:
        assert sweeping.accept_one(work)
        work.commit()
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        assert case.state is State.ACCEPTED
        assert case.accepted_at == case.submitted_at


def test_two_clerks_cannot_overwrite_each_other(stage: Stage) -> None:
    key = stage.applied("wang", ID_CARD)
    with stage.work("clerk") as work:
        seen = stage.case(work, key).version
    stage.accepted(key)
    with stage.work("clerk") as work, pytest.raises(Conflict, match="已被别人更新"):
        acceptance.refuse(work, stage.case(work, key), "晚了一步", version=seen)
