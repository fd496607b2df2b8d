"""An item's name in the language that is read, on the pages of citizens and of staff; read once."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cases.halls import NURSE, Scene, SignIn

ENGLISH, CHINESE = "Nurse registration", "护士执业注册"


@pytest.fixture(scope="module")
def number(stage: Scene) -> str:
    """A case of wang's that waits at the window."""
    key = stage.applied("wang", NURSE)
    with stage.work("clerk") as work:
        return stage.case(work, key).number or ""


def in_english(browser: FlaskClient) -> FlaskClient:
    browser.post("/prefer", data={"lang": "en"})
    return browser


def test_in_english_the_desk_the_case_and_the_space_say_it_in_english(
    sign_in: SignIn, number: str
) -> None:
    clerk, wang = in_english(sign_in("clerk")), in_english(sign_in("wang"))
    for page in (
        clerk.get("/window/").text, clerk.get(f"/window/cases/{number}").text,
        wang.get("/mine/").text,
    ):  # fmt: skip
        assert ENGLISH in page
        assert CHINESE not in page


def test_in_chinese_everything_says_it_in_chinese(sign_in: SignIn, number: str) -> None:
    for login, address in (("clerk", "/window/"), ("wang", "/mine/")):
        page = sign_in(login).get(address).text
        assert CHINESE in page
        assert ENGLISH not in page


def test_a_wording_is_read_once(app: Flask, sign_in: SignIn, number: str) -> None:
    names = app.extensions["english_names"]
    names.cache_clear()
    clerk = in_english(sign_in("clerk"))
    for _ in range(3):
        clerk.get("/window/")
    assert names.cache_info().misses == names.cache_info().currsize == 1
    assert names.cache_info().hits >= 2
