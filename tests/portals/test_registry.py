"""The registry service over HTTP: signed, purposeful, declared fields only."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from werkzeug.test import Client

from servicehall.city.town import town
from servicehall.registries import protocol
from tests.builders import NOON
from tests.registries import serving
from tests.registries.serving import KEY, REQUESTER
from tests.registries.test_connector import query


@pytest.fixture
def client():
    return Client(serving.service())


def post(client, asked, *, requester=REQUESTER, key=KEY, at=NOON, path="", body=b"", **headers):
    sent = protocol.request(asked, requester=requester, key=key, at=at)
    said = client.post(
        path or sent.path, data=body or sent.body, headers={**sent.headers, **headers}
    )
    return sent, said


def test_a_signed_question_gets_a_signed_answer(client):
    asked = query("population.person", "name", "sex")
    sent, said = post(client, asked)
    assert said.status_code == 200
    assert said.content_type == "application/json"
    found = protocol.read_response(asked, sent, said.data, said.headers["X-Signature"], key=KEY)
    assert found == [{"name": "王雨桐", "sex": "女"}]


def test_fields_nobody_asked_for_never_leave_the_registry(client):
    _, said = post(client, query("population.person", "name"))
    assert town().cast.wang.residence not in said.text
    assert json.loads(said.data)["records"] == [{"name": "王雨桐"}]


def test_who_is_unknown_or_signs_wrongly_learns_nothing(client):
    asked = query("population.person", "name")
    for _, said in (
        post(client, asked, requester="stranger"),
        post(client, asked, key=b"wrong key"),
        post(client, asked, at=NOON + timedelta(minutes=6)),
        post(client, asked, path="/r1/credit.record"),
        post(client, asked, body=b"{}"),
        post(client, asked, **{"X-Signature": "\xff"}),
        post(client, asked, **{"X-Request-Time": ""}),
    ):
        assert said.status_code == 401
        assert "王雨桐" not in said.text
        assert "X-Signature" not in said.headers


@pytest.mark.parametrize(
    "change",
    [{"purpose": " "}, {"case": "\t"}, {"actor": ""}, {"fields": ("password",)}],
)
def test_no_purpose_or_an_unknown_field_is_refused(client, change):
    _, said = post(client, replace(query("population.person", "name"), **change))
    assert said.status_code == 403
    assert "records" not in said.text


def test_an_unknown_dataset_is_refused(client):
    _, said = post(client, replace(query("population.person", "name"), dataset="tax.return"))
    assert said.status_code == 403


def test_too_large_a_question_and_other_methods_are_refused(client):
    _, said = post(client, query("population.person"), body=b" " * (64 * 1024 + 1))
    assert said.status_code == 413
    assert client.get("/r1/population.person").status_code == 405
    assert client.post("/r2/population.person").status_code == 404
