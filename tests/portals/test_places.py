"""The region a visitor chose: in a cookie of its own, followed by every list, forgotten on request."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cases.halls import SignIn

HERE, ELSEWHERE = "990101000000", "440000000000"


def chosen(app: Flask, code: str) -> FlaskClient:
    browser = app.test_client()
    answer = browser.post("/prefer", data={"region": code, "next": "/items"})
    assert answer.location == "/items"
    return browser


def total(page: str) -> str:
    found = re.search(r"共 ([\d,]+)", page)
    return found[1] if found else "0"


def test_lists_begin_in_the_region_and_say_so(app: Flask) -> None:
    everywhere = app.test_client().get("/items").text
    browser = chosen(app, HERE)
    page = browser.get("/items").text
    assert total(page) != total(everywhere)
    assert "hall-chip" in page
    assert "示范市 示范区" in page
    assert total(browser.get(f"/items?region={ELSEWHERE}").text) != total(page)
    assert total(browser.get("/items?region=000000000000").text) == total(everywhere)


def test_the_home_page_counts_there(app: Flask) -> None:
    figure = r"政务服务事项</dt><dd>([\d,]+)"
    here = re.search(figure, chosen(app, HERE).get("/").text)
    everywhere = re.search(figure, app.test_client().get("/").text)
    assert here
    assert everywhere
    assert here[1] != everywhere[1]
    assert "全部地区" in app.test_client().get("/").text


def test_departments_are_those_of_the_region(app: Flask) -> None:
    browser = chosen(app, HERE)
    page, everything = browser.get("/departments").text, browser.get("/departments?all=1").text
    assert len(page) < len(everything)
    assert "看全部地区的部门" in page
    assert "region=000000000000" in everything
    assert "region=" not in app.test_client().get("/departments").text


def test_no_session_is_begun_for_it_and_it_outlives_one(app: Flask, sign_in: SignIn) -> None:
    browser = app.test_client()
    cookies = browser.post("/prefer", data={"region": HERE}).headers.getlist("Set-Cookie")
    assert [c.split("=")[0] for c in cookies] == ["region"]
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Lax" in cookies[0]
    person = sign_in("wang")
    person.post("/prefer", data={"region": HERE})
    assert "示范市 示范区" in person.get("/mine/").text


def test_it_is_forgotten_on_request(app: Flask) -> None:
    browser = chosen(app, HERE)
    browser.post("/prefer", data={"region": ""})
    assert "全部地区" in browser.get("/").text


@pytest.mark.parametrize("code", ["1", "999999999999", "x" * 12, "99010100000０", HERE + "0"])
def test_no_region_is_none(app: Flask, code: str) -> None:
    browser = app.test_client()
    assert browser.post("/prefer", data={"region": code}).status_code == 422
    browser.set_cookie("region", code)
    assert "全部地区" in browser.get("/").text
