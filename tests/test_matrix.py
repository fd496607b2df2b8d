"""Every door × method × role × {own, other's, missing}: who may come in, and who may not."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from servicehall.applying import intake
from servicehall.kernel.errors import HallError
from tests.doors import MATRIX
from tests.journeys.stage import Stage
from tests.visitors import (
    ALLOWANCE,
    CLERK,
    EVERYONE,
    FOREIGN,
    OTHER,
    OWNER,
    REVIEWER,
    STRANGER,
    UNSAFE,
)
from tests.world import World, world

FOREIGNERS = {"window": FOREIGN, "console": STRANGER}

__all__ = ["world"]


def doors(app: Flask) -> set[tuple[str, str]]:
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def turned_away(browser: FlaskClient, url: str, method: str) -> bool:
    answer = browser.open(url, method=method)
    answer.close()
    assert answer.status_code < 500, (url, answer.status_code, answer.text[:500])
    at_the_door = answer.status_code == 302 and "/signin" in answer.location
    return at_the_door or answer.status_code in (401, 403, 404)


def test_every_door_has_a_row_and_every_row_a_door(world: World) -> None:
    assert doors(world.app) == set(MATRIX)


@pytest.mark.parametrize(("endpoint", "method"), sorted(MATRIX))
def test_who_may_come_in(world: World, endpoint: str, method: str) -> None:
    row = MATRIX[endpoint, method]
    admitted = row.mine or row.roles
    order = sorted(EVERYONE, key=lambda name: name in admitted)  # those who may not come first
    for name in order:
        if endpoint in ("signin.sign_in", "signin.sign_out", "signin.switch") and name in admitted:
            continue  # these change the browser itself; tests/portals/test_signin.py walks them
        away = turned_away(world.browsers[name], world.url(endpoint, row), method)
        assert away is (name not in admitted), f"{name} {method} {endpoint}"


@pytest.mark.parametrize(
    ("endpoint", "method"), sorted(k for k, r in MATRIX.items() if r.mine), ids="-".join
)
def test_foreign_and_missing_look_the_same(world: World, endpoint: str, method: str) -> None:
    row = MATRIX[endpoint, method]
    foreigner = world.browsers[FOREIGNERS.get(endpoint.partition(".")[0], OTHER)]
    foreign = foreigner.open(world.url(endpoint, row), method=method)
    missing = foreigner.open(world.url(endpoint, row, missing=True), method=method)
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert _plain(foreign.text) == _plain(missing.text)


def _plain(text: str) -> str:
    """A page without what differs from request to request: tokens, nonces and its own address."""
    return re.sub(r'(value|nonce)="[^"]*"|href="[^"]*[?&;]next=[^"]*"', "", text)


@pytest.mark.parametrize(
    ("endpoint", "method"), sorted(k for k in MATRIX if k[1] in UNSAFE), ids="-".join
)
def test_no_unsafe_door_opens_without_a_token(world: World, endpoint: str, method: str) -> None:
    world.app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = world.browsers[OWNER].open(
            world.url(endpoint, MATRIX[endpoint, method]), method=method
        )
    finally:
        world.app.config["WTF_CSRF_ENABLED"] = False
    if endpoint.startswith("exchange."):  # no cookie counts there: nothing to forge
        assert answer.status_code == 422
    elif endpoint.startswith("lending."):
        assert answer.status_code == (400 if endpoint == "lending.token" else 401)
    elif endpoint.startswith("wallets."):  # nor there: a code, a token or a proof is asked for
        assert answer.status_code in (200, 400, 401, 422)
    else:
        assert answer.status_code == 400


@pytest.mark.parametrize("endpoint", sorted(e for e, m in MATRIX if m == "GET"))
def test_a_get_changes_nothing_but_the_record_of_looking(world: World, endpoint: str) -> None:
    row, wrote = MATRIX[endpoint, "GET"], []
    event.listen(
        world.hall.database.engine, "before_cursor_execute", listener := _writes_into(wrote)
    )
    try:
        for name in sorted(row.mine or row.roles):
            world.browsers[name].get(world.url(endpoint, row)).close()
    finally:
        event.remove(world.hall.database.engine, "before_cursor_execute", listener)
    assert not [s for s in wrote if "audit_" not in s]


def _writes_into(kept: list[str]):  # type: ignore[no-untyped-def]
    def listener(connection, cursor, statement, *rest):  # type: ignore[no-untyped-def]
        if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            kept.append(statement)

    return listener


def test_every_signed_in_page_is_private(world: World) -> None:
    for endpoint, method in MATRIX:
        row = MATRIX[endpoint, method]
        if method == "GET" and endpoint != "static" and OWNER in (row.mine or row.roles):
            answer = world.browsers[OWNER].get(world.url(endpoint, row))
            # The status list is the same for everybody, and meant to be kept for a minute.
            kept = "public, max-age=60" if endpoint == "openlog.status" else "no-store"
            assert answer.headers["Cache-Control"] == kept, endpoint
            assert "Cookie" in answer.headers["Vary"], endpoint
            policy = answer.headers["Content-Security-Policy"]
            strict = ("default-src 'self'", "default-src 'none'", "sandbox")
            assert policy.startswith(strict), endpoint


def test_a_draft_is_hidden_from_staff(world: World) -> None:
    for name in (CLERK, REVIEWER, FOREIGN):
        assert world.browsers[name].get(f"/window/cases/{world.draft}").status_code == 404


def test_verbs_refuse_by_themselves(world: World) -> None:
    """The second lock: without any portal, a verb asks who acts."""
    stage = Stage(world.hall)
    with stage.work(CLERK) as work, pytest.raises(HallError):
        intake.begin(work, ALLOWANCE, words="")
    with stage.work(OTHER) as work, pytest.raises(HallError):
        intake.withdraw(work, stage.case(work, world.case))
