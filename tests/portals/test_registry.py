"""The registry service over HTTP: signed, purposeful, declared fields only."""

from dataclasses import replace
from datetime import timedelta

import pytest
from werkzeug.test import Client

from servicehall.registries import protocol, xroad
from servicehall.registries.dialects import National, Own
from servicehall.registries.xroad import XRoad
from tests.builders import NOON
from tests.registries import serving
from tests.registries.asking import query
from tests.registries.serving import KEY, REQUESTER


@pytest.fixture
def client():
    return Client(serving.service())


def post(
    client,
    asked,
    *,
    dialect=Own,
    requester=REQUESTER,
    key=KEY,
    at=NOON,
    path="",
    body=b"",
    **headers,
):
    sent = dialect(requester, key).question(asked, at)
    said = client.post(
        path or sent.path, data=body or sent.body, headers={**sent.headers, **headers}
    )
    return sent, said


def test_a_signed_question_gets_a_signed_answer(client):
    asked = query("population.person", "name", "sex")
    sent, said = post(client, asked)
    assert said.status_code == 200
    assert said.content_type == "application/jose"
    found = protocol.read_response(asked, sent, said.text, serving.anchors())
    assert found == [{"name": "王雨桐", "sex": "女"}]


def test_fields_nobody_asked_for_never_leave_the_registry(client):
    _, said = post(client, query("population.person", "name"))
    told = protocol.opened(said.text, serving.anchors())
    assert told.records == [{"name": "王雨桐"}]


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
        assert "error" in said.json


@pytest.mark.parametrize(
    "change",
    [{"purpose": " "}, {"case": "\t"}, {"actor": ""}, {"party": " "}, {"fields": ("password",)}],
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


def test_an_identical_request_is_answered_once(client):
    asked = query("population.person", "name")
    first, again = (post(client, asked)[1] for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 409)
    assert again.json == {"error": "this call was answered already"}


def test_what_was_asked_before_the_service_started_is_not_answered(client):
    _, said = post(client, query("population.person", "name"), at=NOON - timedelta(seconds=1))
    assert (said.status_code, said.json) == (409, {"error": "asked before this service started"})


def test_the_national_gateway_says_code_message_and_data(client):
    asked = query("population.person", "name")
    sent, said = post(client, asked, dialect=National)
    assert (said.json["code"], said.json["message"]) == ("0", "")
    assert protocol.read_response(asked, sent, said.json["data"], serving.anchors()) == [
        {"name": "王雨桐"}
    ]
    for changes in (
        {"gjgxjhpt_sign": "x"}, {"gjgxjhpt_rid": "stranger"}, {"gjgxjhpt_sid": "credit.record"},
        {"gjgxjhpt_rtime": "yesterday"}, {"gjgxjhpt_rtime": "1"},
    ):  # fmt: skip
        _, said = post(client, query("population.person", "name"), dialect=National, **changes)
        assert (said.status_code, said.json["code"]) == (401, "401"), changes


def test_what_breaks_the_x_road_protocol_is_answered_with_its_error_header(client):
    """PR-REST 4.6: 400, type, message and detail, and the type in X-Road-Error."""
    for changes in (
        {"X-Road-Client": "DEMO/GOV/1/2/3"}, {"X-Road-Client": "DEMO/GOV/11990101000000019X/who"},
        {"X-Road-Issue": "another"}, {"X-Road-Id": "another-call"}, {"X-Road-UserId": "CNother"},
        {"X-Road-Represented-Party": "PERSON/other"}, {"X-Signature": "x"},
        {"X-Request-Time": "now"},
    ):  # fmt: skip
        asked = query("population.person", "name")
        _, said = post(client, asked, dialect=XRoad, requester=serving.CLIENT, **changes)
        assert said.status_code == 400, changes
        assert said.headers["X-Road-Error"] == said.json["type"] == "Client.BadRequest"
        assert said.content_type.startswith("application/json")
        assert said.json["message"]
        assert said.json["detail"]


def test_an_x_road_answer_names_client_service_id_and_hash(client):
    asked = query("population.person", "name")
    sent, said = post(client, asked, dialect=XRoad, requester=serving.CLIENT)
    assert said.headers["X-Road-Client"] == serving.CLIENT
    assert said.headers["X-Road-Service"] == (
        "DEMO/GOV/11990101000000094N/shared/population.person"
    )
    assert said.headers["X-Road-Id"] == asked.call
    number = said.headers["X-Road-Request-Id"]
    made = xroad.request_hash("POST", sent.path, sent.headers, number, sent.body)
    assert said.headers["X-Road-Request-Hash"] == made


def test_another_service_of_x_road_is_none_of_ours(client):
    asked = query("population.person", "name")
    path = "/r1/DEMO/GOV/11990101000000318U/shared/population.person"
    _, said = post(client, asked, dialect=XRoad, requester=serving.CLIENT, path=path)
    assert said.json["message"] == "path and body name different services"
