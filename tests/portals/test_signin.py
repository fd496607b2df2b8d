"""Signing in and out: no old session survives, no way leads out of the hall, mandates are asked anew."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from servicehall.city import seeding
from servicehall.identity import directory, mandates
from tests.cases.halls import FOOD, ID_CARD, Scene, SignIn
from tests.portals.test_guard import EVIL

WRONG = {"login": "wang", "secret": "wrong"}
RIGHT = {"login": "wang", "secret": seeding.PASSWORD}


def signed_in(browser: FlaskClient) -> bool:
    return browser.get("/mine/").status_code == 200


def test_signing_out_ends_every_session(sign_in: SignIn) -> None:
    here, there = sign_in("wang"), sign_in("wang")
    assert signed_in(here)
    assert signed_in(there)
    assert here.post("/signout", follow_redirects=True).status_code == 200
    assert not signed_in(here)
    assert not signed_in(there)


def test_an_old_cookie_is_worth_nothing_after_signing_out(sign_in: SignIn) -> None:
    browser = sign_in("wang")
    stolen = browser.get_cookie("hall")
    assert stolen is not None
    browser.post("/signout")
    browser.set_cookie("hall", stolen.value)
    assert not signed_in(browser)


def test_a_session_planted_before_is_not_the_one_after(app: Flask) -> None:
    browser = app.test_client()
    browser.get("/signin")
    with browser.session_transaction() as session:
        session.update(nonce="planted", org="91990102MA0000015T", lang="en")
    browser.post("/signin", data=RIGHT)
    with browser.session_transaction() as session:
        first = session["nonce"]
        assert first != "planted"
        assert "org" not in session
        assert session["lang"] == "en"  # how one reads is kept
    browser.post("/signin", data=RIGHT)
    with browser.session_transaction() as session:
        assert session["nonce"] != first


def test_a_forged_cookie_is_a_visitor(app: Flask, sign_in: SignIn) -> None:
    cookie = sign_in("wang").get_cookie("hall")
    assert cookie is not None
    for value in (cookie.value[:-2] + "xx", "eyJfdXNlcl9pZCI6IngifQ.x.y", "", "\x00"):
        browser = app.test_client()
        browser.set_cookie("hall", value)
        assert not signed_in(browser)


@pytest.mark.parametrize(("minutes", "good"), [(29, True), (31, False)])
def test_half_an_hour_of_nothing_ends_it(
    stage: Scene, sign_in: SignIn, minutes: int, good: bool
) -> None:
    browser = sign_in("wang")
    with stage.later(minutes=minutes):
        assert signed_in(browser) is good


def test_twelve_hours_end_it_however_busy(stage: Scene, sign_in: SignIn) -> None:
    browser, good = sign_in("wang"), list[bool]()
    for minutes in range(20, 750, 20):
        with stage.later(minutes=minutes):
            good.append(signed_in(browser))
    assert (good[:36], good[36]) == ([True] * 36, False)


@pytest.fixture
def guarded(app: Flask) -> Iterator[Flask]:
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = False


def token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, page[:500]
    return found[1]


def test_a_session_over_in_the_middle_of_a_form_loses_nothing(stage: Scene, guarded: Flask) -> None:
    key = stage.begin("wang", ID_CARD)
    here = f"/cases/{key}/sections/loss"
    browser = guarded.test_client()
    browser.post("/signin", data={**RIGHT, "csrf_token": token(browser.get("/signin").text)})
    typed = {"lost_how": "在公园丢失", "csrf_token": token(browser.get(here).text)}
    assert browser.post(f"/cases/{key}/autosave", data=typed).status_code == 200
    with stage.later(minutes=31):
        late = browser.post(here, data=typed, headers={"Referer": f"http://localhost{here}"})
        assert (late.status_code, late.location) == (302, f"/signin?next={here}")
        page = browser.get(late.location).text
        assert "登录已经失效" in page
        again = {**RIGHT, "next": here, "csrf_token": token(page)}
        back = browser.post("/signin", data=again)
        assert back.location == here
        assert "在公园丢失" in browser.get(here).text
        assert "登录已经失效" not in browser.get("/signin").text  # said once


def test_a_stale_token_is_said_in_words(guarded: Flask) -> None:
    answer = guarded.test_client().post("/signin", data=RIGHT)
    assert (answer.status_code, "安全校验已过期" in answer.text) == (400, True)


@pytest.mark.parametrize("target", EVIL)
def test_no_way_leads_out_of_the_hall(app: Flask, target: str) -> None:
    browser = app.test_client()
    page = browser.get("/signin", query_string={"next": target})
    assert 'name="next" value="/"' in page.text
    if target in EVIL[:3]:  # passwords are slow on purpose
        assert browser.post("/signin", data={**RIGHT, "next": target}).location == "/mine/"
    assert browser.post("/prefer", data={"lang": "en", "next": target}).location == "/"


def test_wrong_and_unknown_look_the_same(app: Flask) -> None:
    said = []
    for sent in (WRONG, {"login": "nobody", "secret": "wrong"}):
        answer = app.test_client().post("/signin", data=sent)
        assert answer.status_code == 422
        said.append(re.findall(r"用户名或密码不正确", answer.text))
        assert "wrong" not in answer.text
    assert said[0] == said[1] != []
    for sent, words in (
        ({"login": "", "secret": "x"}, "请填写用户名"),
        ({"login": "wang"}, "请填写密码"),
    ):
        assert words in app.test_client().post("/signin", data=sent).text


def test_too_many_tries_wait(app: Flask) -> None:
    browser = app.test_client()
    answers = [browser.post("/signin", data={**WRONG, "login": "chen"}) for _ in range(11)]
    assert [a.status_code for a in answers] == [422] * 10 + [429]
    assert "秒后再试" in answers[-1].text


@pytest.mark.parametrize(
    ("login", "desk"),
    [("wang", "/mine/"), ("clerk", "/window/"), ("reviewer-health", "/window/"), ("supervisor", "/console/"),
     ("auditor", "/console/audit"), ("items", "/console/items"), ("verifier", "/verify/")],
)  # fmt: skip
def test_everyone_comes_to_their_desk(app: Flask, login: str, desk: str) -> None:
    answer = app.test_client().post("/signin", data={**RIGHT, "login": login})
    assert answer.location == desk


def test_only_a_mandate_lets_one_act_for_an_organization(stage: Scene, sign_in: SignIn) -> None:
    firm = stage.firm()
    for browser, code in ((sign_in("wang"), firm), (sign_in("li"), "91990102MA0000015T")):
        answer = browser.post("/switch", data={"organization": code})
        assert (answer.status_code, "没有这家单位的有效授权" in answer.text) == (403, True)
    browser = sign_in("li")
    assert browser.post("/switch", data={"organization": firm}).status_code == 302
    assert "春和里餐饮" in browser.get("/mine/").text
    browser.post("/switch", data={"organization": ""})
    assert browser.get(f"/items/{FOOD}/apply").status_code in (200, 403)


def test_a_mandate_revoked_ends_at_the_next_request(stage: Scene, sign_in: SignIn) -> None:
    firm = stage.firm()
    key = stage.begin("li", FOOD, firm)
    browser = sign_in("li")
    browser.post("/switch", data={"organization": firm})
    assert browser.get(f"/cases/{key}/tasks").status_code == 200
    with stage.work("li") as work:
        mandate = mandates.of(work, directory.person(work, work.actor.person))[0]
        mandates.revoke(work, mandate)
    assert browser.get(f"/cases/{key}/tasks").status_code == 404
    assert browser.post("/switch", data={"organization": firm}).status_code == 403
    with stage.work("li") as work:
        person = directory.person(work, work.actor.person)
        mandates.give(work, person, directory.organization(work, firm), "法定代表人")


def test_how_one_reads_is_kept(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in("wang")
    browser.post("/prefer", data={"care": "1", "lang": "en", "next": "/mine/"})
    page = browser.get("/mine/").text
    assert 'lang="en">' in page
    browser.post("/signout")
    assert 'lang="en"' in browser.get("/").text  # also for the visitor at this browser
    elsewhere = app.test_client()
    elsewhere.post("/signin", data=RIGHT)
    with elsewhere.session_transaction() as session:
        assert session["care"] is True
    browser.post("/prefer", data={"lang": "xx", "care": "7"})
    assert app.test_client().post("/prefer", data={"lang": "../../x"}).status_code == 302
