"""Acting: each button does its one thing; a refusal comes with the newest state beside it."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from servicehall.identity import directory
from servicehall.kernel.masking import mask
from tests.cases.halls import ALLOWANCE, FOOD, ID_CARD, NURSE, Scene, SignIn

HEALTH, MARKET, POLICE = "reviewer-health", "reviewer-market", "reviewer-police"


def version(browser: FlaskClient, key: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', browser.get(f"/window/cases/{key}").text)
    return found[1] if found else "0"


def act(browser: FlaskClient, key: str, name: str, **sent: str) -> TestResponse:
    data = {"version": sent.pop("version", "") or version(browser, key), **sent}
    return browser.post(f"/window/cases/{key}/{name}", data=data)


def said(browser: FlaskClient, answer: TestResponse) -> str:
    assert answer.status_code == 302, answer.text[:300]
    return browser.get(answer.location).text


def test_from_acceptance_to_the_license(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("wang", NURSE)
    clerk, reviewer = sign_in("clerk"), sign_in(HEALTH)
    assert "已受理" in said(clerk, act(clerk, key, "accept"))
    for sent, words in (({}, "请选择同意或不同意"), ({"agrees": "maybe"}, "请选择同意或不同意"),
                        ({"agrees": "no"}, "请写明理由")):  # fmt: skip
        answer = act(reviewer, key, "opinion", **sent)
        assert (answer.status_code, words in answer.text) == (422, True)
    early = act(reviewer, key, "grant")
    assert (early.status_code, "还有部门没有提交审查意见" in early.text) == (409, True)
    assert "审查意见已提交" in said(reviewer, act(reviewer, key, "opinion", agrees="yes"))
    assert "已准予" in said(reviewer, act(reviewer, key, "grant"))
    assert "已办结" in sign_in("wang").get(f"/mine/cases/{key}").text
    again = act(reviewer, key, "grant")
    assert again.status_code == 409


def test_whoever_comes_second_sees_the_newest_state(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("chen", NURSE)
    clerk = sign_in("clerk")
    seen = version(clerk, key)
    act(clerk, key, "accept")
    answer = act(sign_in("clerk"), key, "refuse-acceptance", version=seen, reason="不属于职权范围")
    assert answer.status_code == 409
    assert "已被别人更新" in answer.text
    assert "已受理" in answer.text
    for wrong in ("x", "-1", "9" * 40, "1 OR 1=1"):
        assert act(clerk, key, "accept", version=wrong).status_code == 409


def test_corrections_and_refusals_need_their_words(stage: Scene, sign_in: SignIn) -> None:
    key, clerk = stage.applied("li", NURSE), sign_in("clerk")
    for name, words in (
        ("correction", "请写明需要补正"),
        ("refuse-acceptance", "请写明不予受理的理由"),
    ):
        answer = act(clerk, key, name)
        assert (answer.status_code, words in answer.text) == (422, True)
    points = "照片不清晰\n\n<b>地址不完整</b>"
    assert "补正告知已发出" in said(clerk, act(clerk, key, "correction", points=points))
    page = sign_in("li").get(f"/mine/cases/{key}").text
    assert "&lt;b&gt;地址不完整&lt;/b&gt;" in page
    assert act(clerk, key, "correction", points="再补").status_code == 409


def test_a_refusal_is_read_by_the_applicant(stage: Scene, sign_in: SignIn) -> None:
    key, reviewer = stage.applied("li", ID_CARD), sign_in(POLICE)
    stage.accepted(key)
    short = act(reviewer, key, "refuse", reason="不行")
    assert (short.status_code, "至少 5 个字" in short.text) == (422, True)
    said(reviewer, act(reviewer, key, "refuse", reason="不符合<法定>条件"))
    page = sign_in("li").get(f"/mine/cases/{key}").text
    assert "不符合&lt;法定&gt;条件" in page
    assert "行政复议" in page or "诉讼" in page


def test_an_inspection_on_the_page(stage: Scene, sign_in: SignIn) -> None:
    firm = stage.firm()
    key, reviewer = stage.applied("li", FOOD, firm), sign_in(MARKET)
    stage.accepted(key)
    alone = act(reviewer, key, "suspend", kind="inspection", officers="赵一，")
    assert (alone.status_code, "两名以上" in alone.text) == (422, True)
    assert "计时暂停" in said(
        reviewer, act(reviewer, key, "suspend", kind="inspection", officers="赵一，钱二")
    )
    assert act(reviewer, key, "resume", result=" ").status_code == 422
    assert "继续计时" in said(reviewer, act(reviewer, key, "resume", result="符合要求"))


def test_a_fee_is_taken_once(stage: Scene, sign_in: SignIn) -> None:
    key, clerk = stage.applied("wang", ID_CARD), sign_in("clerk")
    stage.accepted(key)
    for receipt in ("", "12", "票据 123"):
        answer = act(clerk, key, "fee", receipt=receipt)
        assert (answer.status_code, "票据号应为" in answer.text) == (422, True)
    for _ in range(2):  # a double click
        said(clerk, act(clerk, key, "fee", receipt="DEMO-000001"))
    assert act(clerk, key, "fee", receipt="DEMO-000002").status_code == 409
    other = stage.applied("li", ID_CARD)
    stage.accepted(other)
    taken = act(clerk, other, "fee", receipt="demo-000001")
    assert taken.status_code == 409


def test_a_payout_is_confirmed(stage: Scene, sign_in: SignIn) -> None:
    key, clerk = stage.applied("chen", ALLOWANCE), sign_in("clerk")
    assert act(clerk, key, "payout").status_code == 409
    stage.accepted(key)
    stage.agreed("reviewer-civil", key)
    stage.granted("reviewer-civil", key)
    assert "已确认发放到账" in said(clerk, act(clerk, key, "payout"))


def test_a_whole_number_is_shown_once_for_a_reason_on_record(stage: Scene, sign_in: SignIn) -> None:
    key, clerk = stage.applied("chen", ID_CARD), sign_in("clerk")
    with stage.work("chen") as work:
        number = directory.person(work, work.actor.person).number
    for reason in ("", " ", "x"):
        answer = act(clerk, key, "unmask", reason=reason)
        assert (answer.status_code, "请写明查看完整号码的理由" in answer.text) == (422, True)
        assert number not in answer.text
    assert "查看完整号码" not in sign_in("chen").get("/mine/usage").text
    shown = act(clerk, key, "unmask", reason="<u>核对户口簿</u>")
    assert (shown.status_code, number in shown.text) == (200, True)
    page = clerk.get(f"/window/cases/{key}").text
    assert (number in page, mask(number) in page) == (False, True)
    assert "&lt;u&gt;核对户口簿&lt;/u&gt;" in sign_in("chen").get("/mine/usage").text


@pytest.mark.parametrize(
    "name", ["accept", "correction", "opinion", "fee", "grant", "refuse", "unmask"]
)
def test_a_case_of_nobody_is_not_found(sign_in: SignIn, name: str) -> None:
    for login in ("clerk", HEALTH):
        answer = sign_in(login).post(f"/window/cases/{'A' * 22}/{name}", data={"version": "1"})
        assert answer.status_code == 404
