"""The desk: looking around is free; everything of one's own needs a sign-in, then is found again."""

import pytest
from flask import Flask

from servicehall.portals.citizen.desk import portal
from servicehall.portals.guard import ANYONE
from tests.cases.halls import NURSE, SignIn

OPEN = (
    "/",
    "/items",
    f"/items/{NURSE}",
    "/departments",
    "/progress",
    "/privacy",
    "/accessibility",
)
OWN = ("/mine/", "/mine/licenses", "/mine/messages", "/mine/usage", f"/items/{NURSE}/apply")


def test_the_desk_admits_anyone() -> None:
    assert portal.admits == ANYONE  # type: ignore[attr-defined]


@pytest.mark.parametrize("url", OPEN)
def test_anyone_may_look_around(app: Flask, url: str) -> None:
    assert app.test_client().get(url).status_code == 200


@pytest.mark.parametrize("url", OWN)
def test_ones_own_needs_a_sign_in(app: Flask, sign_in: SignIn, url: str) -> None:
    answer = app.test_client().get(url)
    assert (answer.status_code, answer.location) == (302, f"/signin?next={url}")
    assert sign_in("wang").get(url).status_code == 200
    assert sign_in("clerk").get(url).status_code == 403
