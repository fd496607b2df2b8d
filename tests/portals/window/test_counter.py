"""The counter: clerks and reviewers only."""

import pytest
from flask import Flask

from servicehall.identity.policy import STAFF
from servicehall.portals.window.counter import portal
from tests.cases.halls import SignIn


def test_staff_only(app: Flask, sign_in: SignIn) -> None:
    assert portal.admits == STAFF  # type: ignore[attr-defined]
    assert app.test_client().get("/window/").location == "/signin?next=/window/"


@pytest.mark.parametrize(
    ("login", "status"),
    [("clerk", 200), ("reviewer-health", 200), ("wang", 403), ("supervisor", 403), ("auditor", 403),
     ("verifier", 403), ("items", 403)],
)  # fmt: skip
def test_each_role(sign_in: SignIn, login: str, status: int) -> None:
    assert sign_in(login).get("/window/").status_code == status
