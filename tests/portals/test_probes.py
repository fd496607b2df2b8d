"""Probes: alive always, ready only when every engine works, figures without anybody in them."""

from dataclasses import replace

import pytest
from flask import Flask

from servicehall import factory
from servicehall.kernel.errors import StorageFull
from servicehall.signing.signer import Signer
from servicehall.storage.store import FileStore
from servicehall.wiring import Hall
from tests.cases.halls import Scene, SignIn


class Full:
    """A disk without room and a signer without a key."""

    def keep(self, key: str, content: bytes) -> bytes:
        raise StorageFull("no room")

    def pen(self, issuer: object) -> object:
        raise OSError("no key")


def test_all_is_well(app: Flask) -> None:
    browser = app.test_client()
    assert browser.get("/healthz").json == {"status": "ok"}
    assert browser.get("/readyz").json == {"status": "ready"}


@pytest.mark.parametrize(("port", "name"), [(FileStore, "storage"), (Signer, "signer")])
def test_not_ready_and_which(hall: Hall, port: type, name: str) -> None:
    ill = factory.create_app(hall=replace(hall, adapters={**hall.adapters, port: Full()}))
    answer = ill.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (
        503,
        {"status": "unavailable", "failures": [name]},
    )
    assert ill.test_client().get("/healthz").status_code == 200


def test_not_ready_without_a_database(hall: Hall, app: Flask) -> None:
    with hall.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_head RENAME TO away")
    answer = app.test_client().get("/readyz")
    with hall.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO audit_head")
    assert (answer.status_code, answer.json["failures"]) == (503, ["database"])  # type: ignore[index]


def test_the_figures_name_nobody(stage: Scene, app: Flask, sign_in: SignIn) -> None:
    browser = sign_in("wang")
    key = stage.begin("wang", "11990101000000094N499070900100002")
    browser.get(f"/cases/{key}/tasks?name=王雨桐")
    browser.get("/items?q=990102198506150019")
    browser.open("/", method="WANGYUTONG")
    browser.get("/王雨桐")
    told = app.test_client().get("/metrics").text
    assert 'endpoint="citizen.apply.tasks",method="GET",status="200"' in told
    assert not any(word in told for word in (key, "王雨桐", "990102198506150019", "WANG", "wang"))
