"""The factory: no work is forgotten, every failure is a page, cookies are made for the address."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.test import Client

from servicehall import factory
from servicehall.city import holdings
from servicehall.cli import opening
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.work import SYSTEM
from servicehall.portals.guard import work
from servicehall.wiring import Hall
from tests.registries import serving


def with_page(app: Flask, view: object) -> Flask:
    app.add_url_rule("/test", view_func=view, methods=["GET", "POST"], endpoint="static_test")  # type: ignore[arg-type]
    return app


def test_a_page_that_forgets_to_commit_fails(app: Flask) -> None:
    def forgetful() -> str:
        work.record("test.forgotten", "nothing")
        return "ok"

    answer = with_page(app, forgetful).test_client().get("/test")
    assert (answer.status_code, answer.text == "ok") == (500, False)
    with app.extensions["hall"].work(SYSTEM) as later:
        assert not later.session.query(AuditEntry).filter_by(act="test.forgotten").count()


@pytest.mark.parametrize(
    ("error", "status"),
    [(StaleDataError("x"), 409), (OperationalError("x", {}, Exception("database is locked")), 503),
     (OperationalError("x", {}, Exception("database or disk is full")), 507),
     (KeyError("secret words"), 500)],
)  # fmt: skip
def test_every_failure_is_a_page_without_its_innards(
    app: Flask, error: Exception, status: int
) -> None:
    def failing() -> str:
        raise error

    answer = with_page(app, failing).test_client().get("/test")
    assert answer.status_code == status
    assert "secret words" not in answer.text
    assert f"错误代号：{status}" in answer.text


@pytest.mark.parametrize(
    ("address", "name", "secure"),
    [("", "hall=", False), ("https://hall.example", "__Host-hall=", True)],
)
def test_cookies_are_made_for_the_address(
    hall: Hall, address: str, name: str, secure: bool
) -> None:
    served = replace(hall, settings=replace(hall.settings, public_url=address))
    made = factory.create_app(hall=served)
    made.config["WTF_CSRF_ENABLED"] = False
    answer = made.test_client().post("/prefer", data={"lang": "en"}, base_url=address or None)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(name)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is secure


def test_preparing_again_changes_nothing(hall: Hall) -> None:
    assert opening.prepare(hall) == "一切就绪"


def test_the_registry_service_is_an_application_of_its_own(hall: Hall) -> None:
    client = Client(factory.create_registry({}, hall.clock, holdings.records, serving.signer()))
    assert client.get("/").status_code == 404
    assert client.post("/r1/population.person", data=b"{}").status_code == 401
