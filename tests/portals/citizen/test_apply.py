"""Applying, page by page: consent, data, questions, check, receipt; and all that can go wrong."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from servicehall import factory
from servicehall.cases.states import State
from tests.cases.halls import FUND, ID_CARD, NURSE, Scene, SignIn
from tests.cases.test_prefill import without

HOSTILE = [
    '=HYPERLINK("http://evil","x")', "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}", "%(number)s", "\u202etxt.exe", "';--", "&lt;b&gt;",
]  # fmt: skip
DISABILITY = "1199010100000011574990511002000"
ANSWERS = {"phone": "19900000001", "delivery": "electronic"}


@pytest.fixture
def wang(sign_in: SignIn) -> FlaskClient:
    return sign_in("wang")


def begun(browser: FlaskClient, item: str) -> str:
    answer = browser.post(f"/items/{item}/begin", data={"agree": "yes"})
    assert answer.status_code == 302, answer.text[:500]
    found = re.fullmatch(r"/cases/([\w-]{22})/preview", answer.location)
    assert found
    return found[1]


def test_nothing_is_asked_without_consent(wang: FlaskClient) -> None:
    page = wang.get(f"/items/{ID_CARD}/apply").text
    for words in ("户籍", "同意"):
        assert words in page
    answer = wang.post(f"/items/{ID_CARD}/begin", data={})
    assert (answer.status_code, "请勾选同意" in answer.text) == (422, True)
    assert "查询共享数据" not in wang.get("/mine/usage").text


def test_from_consent_to_receipt(stage: Scene, wang: FlaskClient) -> None:
    key = begun(wang, NURSE)
    assert wang.get(f"/items/{NURSE}/apply").location == f"/cases/{key}/tasks"
    preview = wang.get(f"/cases/{key}/preview").text
    assert "示范卫生职业学院" in preview
    assert re.search(r"9\*{16}\w", preview)  # the number is masked, also for its owner
    assert wang.post(f"/cases/{key}/preview", data={}).location == f"/cases/{key}/tasks"
    assert wang.post(f"/cases/{key}/refetch").location == f"/cases/{key}/preview"
    wrong = wang.post(
        f"/cases/{key}/sections/practice", data={"phone": "123", "delivery": "electronic"}
    )
    assert wrong.status_code == 422
    assert "手机号码应为 11 位数字" in wrong.text
    assert 'value="123"' in wrong.text
    good = {**ANSWERS, "institution": "示范区人民医院"}
    assert wang.post(f"/cases/{key}/sections/practice", data=good).status_code == 302
    early = wang.post(f"/cases/{key}/submit", data={"declare": "yes"})
    assert (early.status_code, "请先补齐" in early.text) == (422, True)
    stage.fill("wang", key, institution="示范区人民医院")
    page = wang.get(f"/cases/{key}/check").text
    submit_key = re.search(r'name="submit_key" value="([^"]+)"', page)
    assert submit_key
    unsure = wang.post(f"/cases/{key}/submit", data={"submit_key": submit_key[1]})
    assert (unsure.status_code, "请确认申报内容真实" in unsure.text) == (422, True)
    sent = {"declare": "yes", "submit_key": submit_key[1]}
    answers = [wang.post(f"/cases/{key}/submit", data=sent) for _ in range(3)]
    assert {a.location for a in answers} == {f"/cases/{key}/receipt"}
    receipt = wang.get(f"/cases/{key}/receipt").text
    assert len(set(re.findall(r"\b990101202603021\d{7}\w\b", receipt))) == 1
    other = wang.post(f"/cases/{key}/submit", data={"declare": "yes", "submit_key": "another"})
    assert other.status_code == 409
    for late in ("tasks", "check"):
        assert wang.get(f"/cases/{key}/{late}").location == f"/mine/cases/{key}"
    declared = {"population.person.name": "别人"}
    for url in ("sections/practice", "autosave", "preview", "refetch"):
        late_answer = wang.post(f"/cases/{key}/{url}", data={**good, **declared})
        assert late_answer.status_code == 409, url
    assert wang.post(f"/cases/{key}/withdraw").location == "/mine/"
    assert stage.state(key) is State.WITHDRAWN


def test_a_receipt_comes_only_after_submission(stage: Scene, wang: FlaskClient) -> None:
    key = stage.begin("wang", ID_CARD)
    assert wang.get(f"/cases/{key}/receipt").location == f"/cases/{key}/tasks"
    assert wang.get(f"/cases/{key}/sections/nothing").status_code == 404


def test_autosave_takes_unfinished_words_and_every_page_still_opens(
    stage: Scene, wang: FlaskClient
) -> None:
    key = stage.begin("wang", FUND)
    typed = {
        "bought_on": ["昨", "天"],
        "amount": "很多",
        "account": ["1", "2"],
        "phone": "",
        "evil": "x",
    }
    answer = wang.post(f"/cases/{key}/autosave", data=typed)
    assert answer.json == {"saved_at": "12:00"}
    for page in ("tasks", "check", "sections/withdrawal", "preview"):
        assert wang.get(f"/cases/{key}/{page}").status_code == 200
    assert "很多" in wang.get(f"/cases/{key}/sections/withdrawal").text
    assert "很多" in wang.get(f"/cases/{key}/check").text
    refused = wang.post(f"/cases/{key}/submit", data={"declare": "yes"})
    assert (refused.status_code, "请先补齐" in refused.text) == (422, True)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words_everywhere(stage: Scene, sign_in: SignIn, words: str) -> None:
    key = stage.ready("chen", NURSE)
    chen = sign_in("chen")
    answer = chen.post(f"/cases/{key}/sections/practice", data={**ANSWERS, "institution": words})
    assert answer.status_code == 302
    pages = [chen.get(f"/cases/{key}/{page}").text for page in ("sections/practice", "check")]
    stage.submit("chen", key)
    pages += [
        chen.get(f"/mine/cases/{key}").text,
        sign_in("clerk").get(f"/window/cases/{key}").text,
    ]
    stage.withdrawn("chen", key)
    for page in pages:
        assert not any(raw in page for raw in ("<script>alert", "<img src=x", "\u202e"))
        assert re.sub(r"\u202e", "", _escaped(words)) in page


def _escaped(words: str) -> str:
    for plain, safe in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ('"', "&#34;"),
        ("'", "&#39;"),
    ):
        words = words.replace(plain, safe)
    return words


def test_a_registry_that_is_down_is_declared_by_hand(stage: Scene, sign_in: SignIn) -> None:
    ill = factory.create_app(hall=without(stage, "education.degree").hall)
    ill.config["WTF_CSRF_ENABLED"] = False
    chen = _moved(ill, sign_in("chen"))
    key = begun(chen, NURSE)
    page = chen.get(f"/cases/{key}/preview").text
    assert "暂时没有取到" in page
    assert 'name="education.degree.school"' in page
    assert 'name="population.person.name"' not in page  # what is verified cannot be declared
    said = {"education.degree.school": "<b>示范大学</b>", "population.person.name": "别人"}
    chen.post(f"/cases/{key}/preview", data=said)
    page = chen.get(f"/cases/{key}/preview").text
    assert "&lt;b&gt;示范大学&lt;/b&gt;" in page
    assert "陈秀英" in page
    rest = {f"education.degree.{f}": "示范" for f in ("level", "major", "certificate_number")}
    chen.post(f"/cases/{key}/preview", data=rest)
    stage.fill("chen", key)
    stage.submit("chen", key)
    seen = sign_in("clerk").get(f"/window/cases/{key}").text
    assert "&lt;b&gt;示范大学&lt;/b&gt;" in seen
    assert "待核验" in seen


def _moved(app: Flask, browser: FlaskClient) -> FlaskClient:
    """The same session at another application of the same hall."""
    cookie = browser.get_cookie("hall")
    assert cookie is not None
    moved = app.test_client()
    moved.set_cookie("hall", cookie.value)
    return moved


def test_the_page_is_told_which_questions_are_asked(stage: Scene, wang: FlaskClient) -> None:
    key = begun(wang, DISABILITY)
    url = f"/cases/{key}/sections/subsidy"
    page = wang.get(url).text
    assert 'data-asked="care_needed" data-standing="waiting"' in page
    assert 'data-asked-by="subsidy"' in page
    assert "（视前面的回答而定）" in page  # without script it is shown, and may stay empty
    for said, wanted in (("care", "visible"), ("living", "hidden"), ("", "waiting")):
        answer = wang.post(f"{url}/asked", data={"subsidy": said})
        assert answer.json == {"questions": {"care_needed": wanted}}
    with stage.work("wang") as work:
        assert "subsidy" not in stage.case(work, key).answers
    assert wang.post(f"/cases/{key}/sections/nothing/asked").status_code == 404
    assert wang.post(url, data={"subsidy": "care"}).status_code == 422
    again = wang.post(url, data={"subsidy": "care"}).text
    assert 'data-asked="care_needed" data-standing="visible"' in again


def test_what_the_rules_decide_is_decided_at_once(stage: Scene, sign_in: SignIn) -> None:
    """秒批: from submission to the license in one request, explained rule by rule."""
    key = stage.ready("wang", "1199010100000066824992066001000")
    wang = sign_in("wang")
    done = wang.post(f"/cases/{key}/submit", data={"declare": "yes", "submit_key": "once"})
    assert done.location.endswith(f"/mine/cases/{key}")
    page = wang.get(done.location).text
    assert stage.state(key) is State.CLOSED
    assert "已按公布的规则当场批准" in page
    assert "逐条规则判断" in page
    assert "在示范区参保，状态正常" in page
