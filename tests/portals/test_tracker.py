"""The data tracker: the published shape, only one's own looks, and as many as were made."""

from datetime import datetime
from itertools import count
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import BaseModel, ConfigDict
from werkzeug.test import TestResponse

from servicehall.applying import intake
from servicehall.city.town import town
from servicehall.identity import clients, directory, mandates
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import wallet
from servicehall.oversight import usage
from servicehall.payments import billing
from servicehall.wiring import Hall
from tests.builders import NOON
from tests.cases.halls import FOOD, ID_CARD, NURSE, Scene, SignIn

API = "/api/v1/data-usage"


class Usage(BaseModel):
    """``Usage`` of dumonitor-openapi-v2: required fields and their types."""

    model_config = ConfigDict(extra="forbid")

    logtime: datetime
    action: str
    receiverCode: str  # noqa: N815 - the specification's own names
    receiverName: str  # noqa: N815
    receiverSystem: str  # noqa: N815


class FindUsageResponse(BaseModel):
    model_config = ConfigDict(extra="forbid")

    totalUsages: int  # noqa: N815
    usages: list[Usage]


def asked(browser: FlaskClient, number: str, about: str = "", **more: str) -> FindUsageResponse:
    answer = browser.get(
        f"{API}/findUsage", query_string={"userCode": about or number, **more},
        headers={"X-Road-UserId": number},
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    return FindUsageResponse.model_validate(answer.json)


def test_it_is_alive_and_says_since_when(sign_in: SignIn) -> None:
    browser = sign_in("wang")
    assert browser.get(f"{API}/heartbeat").json == {"status": "OK", "message": "API is ready"}
    period = browser.get(f"{API}/usagePeriod").json
    assert period is not None
    assert datetime.fromisoformat(period["periodStart"]).tzinfo


def test_as_many_looks_are_shown_as_were_made(stage: Scene, sign_in: SignIn) -> None:
    number, browser = town().cast.chen.number, sign_in("chen")
    before = asked(browser, number).totalUsages
    key = stage.applied("chen", ID_CARD)  # asks registries, on record one by one
    with stage.work("chen") as work:
        questions = usage.count(work) - before
    assert questions > 0
    clerk, police, foreign = sign_in("clerk"), sign_in("reviewer-police"), sign_in("reviewer-fire")
    for _ in range(2):
        assert clerk.get(f"/window/cases/{key}").status_code == 200
    assert police.get(f"/window/cases/{key}").status_code == 200
    assert clerk.get("/window/?list=accept").status_code == 200  # one row of one list
    assert foreign.get(f"/window/cases/{key}").status_code == 404
    assert sign_in("wang").get(f"/mine/cases/{key}").status_code == 404
    assert clerk.post(f"/window/cases/{key}/unmask", data={"reason": "核对身份"}).status_code == 200
    found = asked(browser, number)
    made = {"查看办件": 3, "在清单中看到办件": 1, "试图查看办件，被拒绝": 2, "查看完整号码": 1}
    seen = [one.action.partition("：")[0] for one in found.usages]
    assert {act: seen.count(act) for act in made} == made
    assert found.totalUsages == before + questions + sum(made.values()) == len(found.usages)
    times = [one.logtime for one in found.usages]
    assert times == sorted(times, reverse=True)
    assert all(one.receiverSystem for one in found.usages)
    page = browser.get("/mine/usage").text
    assert town().cast.wang.name not in page  # that somebody tried, not which citizen
    assert page.count("质疑此次查询</a>") + page.count("质疑此次查询<span") == found.totalUsages


def test_pages_and_periods(stage: Scene, sign_in: SignIn) -> None:
    stage.applied("wang", NURSE)
    number, browser = town().cast.wang.number, sign_in("wang")
    whole = asked(browser, number)
    first, rest = asked(browser, number, limit="2"), asked(browser, number, offset="2")
    assert [*first.usages, *rest.usages] == whole.usages
    assert first.totalUsages == whole.totalUsages
    later = asked(browser, number, periodStart="2026-03-03T00:00:00")
    earlier = asked(browser, number, periodEnd="2026-03-03T00:00:00+08:00")
    assert (later.totalUsages, earlier.totalUsages) == (0, whole.totalUsages)


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", "0"), ("limit", "1001"), ("limit", "x"), ("offset", "-1"), ("offset", "9" * 12),
     ("periodStart", "yesterday"), ("periodEnd", "2026-13-01T00:00:00"), ("periodEnd", "2026-01-01"),
     ("periodStart", "0001-01-01T00:00:00+14:00")],
)  # fmt: skip
def test_what_cannot_be_is_named(sign_in: SignIn, name: str, value: str) -> None:
    number, browser = town().cast.wang.number, sign_in("wang")
    answer = browser.get(
        f"{API}/findUsage", query_string={"userCode": number, name: value},
        headers={"X-Road-UserId": number},
    )  # fmt: skip
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["field"] == name


def test_nobody_elses(sign_in: SignIn, stage: Scene) -> None:
    cast, browser = town().cast, sign_in("wang")
    assert sign_in("wang").get(f"{API}/findUsage").status_code == 400
    for asker, about in ((cast.wang.number, cast.chen.number), (cast.chen.number,) * 2):
        answer = browser.get(
            f"{API}/findUsage", query_string={"userCode": about}, headers={"X-Road-UserId": asker}
        )
        assert answer.status_code == 403
    visitor = browser.application.test_client()
    assert visitor.get(f"{API}/findUsage").status_code == 401
    assert sign_in("clerk").get(f"{API}/findUsage").status_code == 401


def test_an_agents_looks_appear_to_whom_they_act_for(stage: Scene, sign_in: SignIn) -> None:
    """Lists, cases, files, licenses and exports of an organization, by whom and how often."""
    firm = stage.firm()
    with stage.work("li", firm) as work:
        organization = directory.organization(work, firm)
        somebody = directory.person_by_number(work, town().cast.wang.number)
        assert somebody
        mandates.give(work, somebody, organization, "经办人")
    key = stage.begin("li", FOOD, firm)
    agent, representative = sign_in("wang"), sign_in("li")
    for browser in (agent, representative):
        assert browser.post("/switch", data={"organization": firm}).status_code == 302
    before = asked_for(representative, firm)
    assert agent.get("/mine/").status_code == 200
    assert agent.get(f"/mine/cases/{key}").status_code == 200
    assert agent.post("/mine/export").status_code == 200
    assert sign_in("chen").get(f"/mine/cases/{key}").status_code == 404
    seen = [one.action for one in asked_for(representative, firm).usages]
    new = seen[: len(seen) - len(before.usages)]
    assert new == ["试图查看办件，被拒绝", "取回全部数据", "查看办件", "在清单中看到办件"]
    page = representative.get("/mine/usage").text
    assert page.count(town().cast.wang.name) == 3
    assert town().cast.chen.name not in page


def asked_for(browser: FlaskClient, firm: str) -> FindUsageResponse:
    return asked(browser, town().cast.li.number, firm)


def test_denied_attempts_of_every_kind_are_rows(stage: Scene, sign_in: SignIn) -> None:
    cast, browser, other = town().cast, sign_in("chen"), sign_in("wang")
    key = stage.applied("chen", ID_CARD)
    stage.accepted(key)
    with stage.work("clerk") as work:
        billing.settle(work, key, "DEMO-000002")
    stage.agreed("reviewer-police", key)
    stage.granted("reviewer-police", key)
    with stage.work("chen") as work:
        code = wallet.mine(work)[0].code
    before = asked(browser, cast.chen.number).totalUsages
    assert other.get(f"/mine/licenses/{code}").status_code == 404
    assert other.get(f"/mine/licenses/{code}.pdf").status_code == 404
    assert other.get(f"/mine/cases/{key}").status_code == 404
    refused = other.get(
        f"{API}/findUsage", query_string={"userCode": cast.chen.number},
        headers={"X-Road-UserId": cast.wang.number},
    )  # fmt: skip
    assert refused.status_code == 403
    found = asked(browser, cast.chen.number)
    new = [one.action for one in found.usages][: found.totalUsages - before]
    assert new == [
        "试图查询谁看过数据，被拒绝", "试图查看办件，被拒绝", "试图查看电子证照，被拒绝",
        "试图查看电子证照，被拒绝",
    ]  # fmt: skip


Portal = tuple[str, str]
CODES = count(1)


@pytest.fixture
def portal(hall: Hall) -> Portal:
    """The code and the key of a provincial portal, enrolled."""
    code = f"DEMO/GOV/PORTAL-{next(CODES)}"
    with hall.work(SYSTEM) as work:
        key = clients.enroll(work, code, "省级门户", "11990101000000019X")
        work.commit()
    return code, key


def by_machine(app: Flask, portal: Portal, user: str, about: str, **headers: str) -> TestResponse:
    target = f"{API}/findUsage?{urlencode({'userCode': about})}"
    signed = clients.signed(portal[1], portal[0], target, user, NOON)
    return app.test_client().get(target, headers={**signed, **headers})


def test_a_portal_asks_for_a_person_and_that_is_a_row_too(
    stage: Scene, app: Flask, sign_in: SignIn, portal: Portal
) -> None:
    wang = town().cast.wang.number
    stage.applied("wang", NURSE)
    mine = asked(sign_in("wang"), wang)
    answer = by_machine(app, portal, wang, wang)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["totalUsages"] == mine.totalUsages
    after = asked(sign_in("wang"), wang)
    assert after.totalUsages == mine.totalUsages + 1
    assert after.usages[0].action == "查询谁看过数据"
    assert after.usages[0].receiverCode == "11990101000000019X"
    assert "省级门户" in sign_in("wang").get("/mine/usage").text


def test_a_portal_asks_for_an_organization_only_with_the_persons_mandate(
    stage: Scene, app: Flask, sign_in: SignIn, portal: Portal
) -> None:
    cast, firm = town().cast, stage.firm()
    stage.begin("li", FOOD, firm)
    found = by_machine(app, portal, cast.li.number, firm).json
    assert found is not None
    assert found["totalUsages"] > 0
    assert by_machine(app, portal, cast.chen.number, firm).status_code == 403
    assert by_machine(app, portal, cast.chen.number, cast.wang.number).status_code == 403
    assert asked(sign_in("wang"), cast.wang.number).usages[0].action.startswith("试图查询谁看过")
    nobody = by_machine(app, portal, "990102198506150019", "990102198506150019")
    assert nobody.json == {"totalUsages": 0, "usages": []}


def test_a_signature_that_does_not_hold_is_no_sign_in(
    hall: Hall, app: Flask, portal: Portal
) -> None:
    wang, chen = town().cast.wang.number, town().cast.chen.number
    assert by_machine(app, (portal[0], "00" * 32), wang, wang).status_code == 401
    assert by_machine(app, portal, wang, wang, **{"X-Road-UserId": chen}).status_code == 401
    assert by_machine(app, portal, wang, wang, **{"X-Road-Client": "ELSE"}).status_code == 401
    assert by_machine(app, portal, wang, wang, **{"X-Signature": "é"}).status_code == 401
    for time in ("", "yesterday", "2026-03-02T04:00:00", "2026-03-02T04:06:00+00:00"):
        assert by_machine(app, portal, wang, wang, **{"X-Request-Time": time}).status_code == 401
    with hall.work(SYSTEM) as work:
        clients.revoke(work, portal[0])
        work.commit()
    assert by_machine(app, portal, wang, wang).status_code == 401


def test_a_whole_journey_row_by_row(stage: Scene, app: Flask, sign_in: SignIn) -> None:
    """Everything that anybody does about one person, in order, and nothing else, one for one."""
    number, browser, made = town().cast.wang.number, sign_in("wang"), list[str]()
    before = asked(browser, number).totalUsages
    key = stage.applied("wang", NURSE)
    made += ["查询共享数据"] * 4
    clerk, health, stranger = sign_in("clerk"), sign_in("reviewer-health"), app.test_client()
    listed = clerk.get("/window/?list=accept").text
    with stage.work("wang") as work:
        shown = [case for case in intake.mine(work) if f"/window/cases/{case.number}" in listed]
    assert key in {case.key for case in shown}
    made += ["在清单中看到办件"] * len(shown)
    clerk.get(f"/window/cases/{key}")
    made += ["查看办件"]
    assert clerk.get(f"/window/cases/{key}/materials/health_report").status_code == 200
    made += ["查看申请材料"]
    sign_in("reviewer-market").get(f"/window/cases/{key}")
    made += ["试图查看办件，被拒绝"]
    clerk.post(f"/window/cases/{key}/unmask", data={"reason": "核对身份"})
    made += ["查看完整号码"]
    stage.accepted(key)
    stage.agreed("reviewer-health", key)
    stage.granted("reviewer-health", key)
    made += ["查询共享数据"] * 4  # asked again before the decision
    health.get(f"/window/cases/{key}")
    made += ["查看办件"]
    with stage.work("wang") as work:
        code = wallet.mine(work)[0].code
    stranger.get(f"/verify/{code}")
    sign_in("verifier").post("/verify/", data={"code": code, "reason": "招聘核验"})
    made += ["核验电子证照"] * 2
    sign_in("chen").get(f"/mine/licenses/{code}")
    made += ["试图查看电子证照，被拒绝"]
    browser.post("/mine/export")
    made += ["取回全部数据"]
    found = asked(browser, number)
    seen = [one.action.partition("：")[0] for one in found.usages]
    assert seen[: found.totalUsages - before] == made[::-1]
    assert browser.get("/mine/usage").text.count("质疑此次查询<span") == found.totalUsages
