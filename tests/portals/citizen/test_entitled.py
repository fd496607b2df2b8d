"""免申即享 over HTTP: one page, one yes, and the money is on its way."""

from servicehall.cases.states import State
from servicehall.payments import payouts
from tests.automating.test_entitling import rounds
from tests.cases.halls import ALLOWANCE, Scene, SignIn


def test_chen_says_yes_and_it_is_done(stage: Scene, sign_in: SignIn) -> None:
    chen = sign_in("chen")
    assert "现在没有" in chen.get("/mine/entitled").text
    rounds(stage)
    assert "您有可以直接领取的待遇" in chen.get("/mine/").text
    page = chen.get("/mine/entitled").text
    assert "每月 100 元" in page
    key = page.split("/mine/entitled/")[1].split('"')[0]
    assert sign_in("wang").post(f"/mine/entitled/{key}", data={"answer": "yes"}).status_code == 404
    unsaid = chen.post(f"/mine/entitled/{key}")
    assert (unsaid.status_code, "请选择领取或者不领取" in unsaid.text) == (422, True)
    done = chen.post(f"/mine/entitled/{key}", data={"answer": "yes"})
    case = done.location.rsplit("/", 1)[-1]
    assert stage.state(case) is State.CLOSED
    assert "逐条规则判断" in chen.get(done.location).text
    with stage.work("auditor") as work:
        payout = payouts.of(work, case)
        assert payout is not None
        assert payout.fen == 10000
        assert stage.case(work, case).item_code == ALLOWANCE
    assert chen.post(f"/mine/entitled/{key}", data={"answer": "no"}).status_code == 409
    assert "现在没有" in chen.get("/mine/entitled").text


def test_the_guide_says_what_is_decided_at_once_and_offered_unasked(sign_in: SignIn) -> None:
    page = sign_in("wang").get(f"/items/{ALLOWANCE}").text
    for words in ("秒批规则", "年满 80 周岁", "从不自动拒绝", "不用自己申请"):
        assert words in page
