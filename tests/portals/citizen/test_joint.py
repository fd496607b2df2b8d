"""One thing at once over HTTP: what is wrong comes back with what was typed, and nobody else looks in."""

import re

import pytest
from flask.testing import FlaskClient

from servicehall.cases.states import State
from servicehall.cli import serving
from servicehall.wiring import Hall
from tests.bundling.halls import CATERING, FOOD_SOLE, SOLE, Together
from tests.cases.halls import SignIn


@pytest.fixture(scope="module")
def stage(hall: Hall) -> Together:
    return Together(hall)


@pytest.fixture
def wang(sign_in: SignIn) -> FlaskClient:
    return sign_in("wang")


@pytest.fixture(scope="module")
def key(stage: Together) -> str:
    return stage.together("wang", CATERING, venue="no", sign="yes")


def numbers(stage: Together, key: str) -> dict[str, str]:
    """Item code → the number of its case."""
    with stage.work("auditor") as work:
        return {m.item_code: m.case.number or "" for m in stage.group(work, key).members}


def test_the_situation_chooses_and_consent_is_asked_once(sign_in: SignIn) -> None:
    chen = sign_in("chen")
    page = chen.get(f"/bundles/{CATERING}/apply").text
    assert "要装户外门头招牌吗" in page
    wrong = chen.post(f"/bundles/{CATERING}/apply", data={"venue": "no"})
    assert (wrong.status_code, "请选择要装户外门头招牌吗" in wrong.text) == (422, True)
    on = chen.post(f"/bundles/{CATERING}/apply", data={"venue": "no", "sign": "no"})
    page = chen.get(on.location).text
    assert "一次办这 2 个事项" in page
    assert "全程承诺 6 个工作日" in page
    assert "按您的情况不办" in page
    refused = chen.post(f"/bundles/{CATERING}/begin", data={"venue": "no", "sign": "no"})
    assert (refused.status_code, "请勾选同意" in refused.text) == (422, True)
    assert "/mine/bundles/" not in chen.get("/mine/").text
    begun = chen.post(
        f"/bundles/{CATERING}/begin", data={"venue": "no", "sign": "no", "agree": "yes"}
    )
    assert begun.status_code == 302
    assert chen.get(f"/bundles/{CATERING}/apply").location == begun.location.removesuffix(
        "/preview"
    )


def test_a_bundle_without_questions_goes_straight_to_consent(sign_in: SignIn) -> None:
    """disability-support offers its second item, so that it asks; an unknown one is not found."""
    wang = sign_in("wang")
    assert wang.get("/bundles/disability-support/apply").status_code == 200
    assert wang.get("/bundles/moon/apply").status_code == 404


def test_each_screen_keeps_what_was_typed_and_says_what_is_wrong(
    wang: FlaskClient, key: str
) -> None:
    tasks = wang.get(f"/mine/bundles/{key}").text
    assert "填一次，几个事项共用" in tasks
    assert "前一个事项办成后自动取用" in tasks
    there = f"/mine/bundles/{key}/parts/shared"
    wrong = wang.post(there, data={"phone": "12"})
    assert wrong.status_code == 422
    assert 'value="12"' in wrong.text
    saved = wang.post(f"/mine/bundles/{key}/autosave", data={"phone": "199", "unknown": "x"})
    assert "saved_at" in (saved.json or {})
    assert 'value="199"' in wang.get(there).text  # kept as typed, checked when sent
    assert f'data-autosave="/mine/bundles/{key}/autosave"' in wang.get(there).text
    assert wang.post(there, data={"phone": "19900000001"}).status_code == 302
    shop = f"/mine/bundles/{key}/parts/shop_1"
    asked = wang.post(f"{shop}/asked", data={"composition": "family"}).json
    assert asked == {"questions": {"family_members": "visible"}}
    assert wang.get(f"/mine/bundles/{key}/parts/moon").status_code == 404


def test_papers_are_promised_uploaded_and_taken_back_once_for_all(
    wang: FlaskClient, key: str
) -> None:
    tasks = wang.get(f"/mine/bundles/{key}").text
    paths = set(re.findall(rf"/mine/bundles/{key}/papers/[\w-]+", tasks))
    texts = {path: wang.get(path).text for path in paths}
    promise = next(
        p for p, text in texts.items() if "食品安全管理制度" in text.split("<h1")[1][:200]
    )
    assert "请阅读承诺书" in wang.post(promise, data={"how": "promise"}).text
    assert wang.post(promise, data={"how": "promise", "promised": "yes"}).status_code == 302
    assert "您已作出告知承诺" in wang.get(promise).text
    assert wang.post(promise, data={"how": "remove"}).location.endswith(promise)
    missing = wang.post(promise, data={"how": "upload"})
    assert (missing.status_code, "请选择" in missing.text) == (422, True)
    sign = next(p for p, text in texts.items() if "招牌效果图" in text.split("<h1")[1][:200])
    assert wang.post(sign, data={"how": "window"}).status_code == 302
    assert "待补交" in wang.get(f"/mine/bundles/{key}").text


def test_it_is_handed_in_once_and_one_page_tells_how_far_it_is(
    stage: Together, wang: FlaskClient, key: str
) -> None:
    early = wang.post(f"/mine/bundles/{key}/submit", data={"declare": "yes", "submit_key": "k"})
    assert (early.status_code, "还不能提交" in early.text) == (422, True)
    stage.filled("wang", key)
    assert "一次提交全部事项" in wang.get(f"/mine/bundles/{key}/check").text
    unsaid = wang.post(f"/mine/bundles/{key}/submit", data={"submit_key": "k"})
    assert (unsaid.status_code, "请确认申报内容" in unsaid.text) == (422, True)
    for _ in range(2):
        done = wang.post(f"/mine/bundles/{key}/submit", data={"declare": "yes", "submit_key": "k"})
        assert done.status_code == 302
    page = wang.get(f"/mine/bundles/{key}").text
    assert "全程承诺 6 个工作日" in page
    assert "办成后自动提交" in page
    assert wang.get(f"/mine/bundles/{key}/check").status_code == 302
    child, _ = stage.children(key)[FOOD_SOLE]
    assert wang.get(f"/cases/{child}/tasks").location.endswith(f"/mine/bundles/{key}")
    assert "大厅自动替您提交" in wang.get(f"/mine/cases/{child}").text
    assert "开办餐饮店" in wang.get("/mine/").text


def test_the_window_sees_one_group_and_each_department_its_own(
    stage: Together, sign_in: SignIn, key: str
) -> None:
    first, _ = stage.children(key)[SOLE]
    number = numbers(stage, key)[SOLE]
    page = sign_in("clerk").get(f"/window/groups/{key}").text
    assert f"/window/cases/{number}" in page
    market = sign_in("reviewer-market").get(f"/window/groups/{key}")
    assert f"/window/cases/{number}" in market.text
    assert sign_in("reviewer-urban").get(f"/window/groups/{key}").status_code == 404
    stage.through(first)
    serving.one_round(stage.hall)
    urban = sign_in("reviewer-urban").get(f"/window/groups/{key}").text
    assert f"/window/cases/{number}" not in urban
    sign = next(n for item, n in numbers(stage, key).items() if "26002" in item)
    assert f"/window/cases/{sign}" in urban
    assert f"/window/groups/{key}" in sign_in("clerk").get(f"/window/cases/{sign}").text


def test_the_rest_is_taken_back_at_once(stage: Together, wang: FlaskClient, key: str) -> None:
    assert "撤回整件事" in wang.get(f"/mine/bundles/{key}").text
    assert wang.post(f"/mine/bundles/{key}/withdraw").status_code == 302
    states = [state for _, state in stage.children(key).values()]
    assert states == [State.CLOSED, State.WITHDRAWN, State.WITHDRAWN]
    assert "已结束" in wang.get(f"/mine/bundles/{key}").text
