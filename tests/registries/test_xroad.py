"""X-Road's REST protocol as PR-REST 1.0.4 publishes it: paths, headers, hash and errors."""

import base64
import hashlib
from dataclasses import replace

import pytest

from servicehall.registries import xroad
from servicehall.registries.protocol import Malformed, Refused, Reply
from servicehall.registries.xroad import XRoad
from tests.builders import NOON
from tests.registries.serving import CLIENT
from tests.registries.test_protocol import KEY, QUERY

DIALECT = XRoad(CLIENT, KEY)
SENT = DIALECT.question(QUERY, NOON)
NUMBER = "f92591a3-6bf0-49b1-987b-0dd78c034cc3"
SERVICE = "DEMO/GOV/11990101000000094N/shared/population.person"


def reply(status=200, body=b"e.y.J", **changes):
    marks = xroad.marks(SERVICE, SENT.headers, NUMBER, SENT.body)
    told = {**{k.lower(): v for k, v in marks.items()}, **changes}
    return Reply(status, {k.replace("_", "-"): v for k, v in told.items()}, body)


def test_the_service_is_in_the_path_and_the_rest_in_headers():
    """4.1: /r1/{serviceId}, serviceId = instance/class/member/subsystem/service."""
    assert SENT.path == f"/r1/{SERVICE}"
    told = {k: v for k, v in SENT.headers.items() if k.startswith("X-Road")}
    assert told == {
        "X-Road-Client": CLIENT, "X-Road-Id": "call-0001", "X-Road-UserId": "CNa-1",
        "X-Road-Issue": "m-1", "X-Road-Represented-Party": "PERSON/p-1",
    }  # fmt: skip
    assert SENT.headers["Content-Type"] == "application/json; charset=utf-8"
    assert "X-Road-Request-Hash" not in SENT.headers  # 4.3: a request SHOULD NOT have it


def test_identifiers_are_encoded_part_by_part():
    """4.2's example: the service code BAR/SERVICE."""
    assert xroad.encoded("INSTANCE", "CLASS", "MEMBER", "SUBSYSTEM", "BAR/SERVICE") == (
        "INSTANCE/CLASS/MEMBER/SUBSYSTEM/BAR%2FSERVICE"
    )
    assert xroad.decoded("INSTANCE/CLASS/MEMBER/SUBSYSTEM/BAR%2FSERVICE", 5)[4] == "BAR/SERVICE"
    assert xroad.decoded(xroad.encoded("示范", "GOV"), 4) == ("示范", "GOV")
    for wrong in ("", "A//B", "A/B/C/D/E"):
        with pytest.raises(Malformed):
            xroad.decoded(wrong, 4)


def test_the_hash_is_that_of_the_message_as_a_security_server_writes_it():
    """4.3: base64(SHA-512(SHA-512(headers) + SHA-512(body))); hop-by-hop headers do not count."""
    headers = {"X-Road-Client": "I/C/M/S", "Host": "x", "User-Agent": "y", "Accept": "a/b"}
    message = f"POST\r\n/r1/I/C/M/S/X\r\nX-Road-Client:I/C/M/S\r\nAccept:a/b\r\nx-road-request-id:{NUMBER}\r\n"
    first = hashlib.sha512(message.encode()).digest()
    whole = hashlib.sha512(first + hashlib.sha512(b"{}").digest()).digest()
    told = xroad.request_hash("POST", "/r1/I/C/M/S/X", headers, NUMBER, b"{}")
    assert told == base64.b64encode(whole).decode()
    assert len(told) == len(
        "14sEri8SmLNy/DJyTob0ZddAskmdRy5ZUyhbr33iLkaA+gLpWcivUH16fzbuIs7hhs2AnA4lJDloyIihXMlVQA=="
    )
    bare = xroad.request_hash("POST", "/r1/I/C/M/S/X", headers, NUMBER, b"")
    assert bare == base64.b64encode(first).decode()


def test_an_answer_with_every_mark_is_taken():
    assert DIALECT.heard(SENT, reply()) == "e.y.J"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"x_road_id": "call-0002"}, "another X-Road-Id"),
        ({"x_road_service": "DEMO/GOV/1/shared/credit.record"}, "another X-Road service"),
        ({"x_road_request_hash": ""}, "request hash"),
        ({"x_road_request_hash": "4c519cf0-0e5e-4ccf-b72b-8ed6fe289e6e"}, "request hash"),
        ({"x_road_request_hash": "\xff"}, "request hash"),
        ({"x_road_request_id": "fa2e18a5-c2cb-4d09-b994-f57727f7c3fb"}, "request hash"),
    ],
)
def test_an_answer_to_anything_else_is_none(changes, words):
    with pytest.raises(Malformed, match=words):
        DIALECT.heard(SENT, reply(**changes))


def test_an_answer_to_another_body_is_none():
    with pytest.raises(Malformed, match="request hash"):
        DIALECT.heard(replace(SENT, body=SENT.body + b" "), reply())


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (500, "Server.ServerProxy.NetworkError"), (400, "Client.BadRequest"),
        (500, "Server.ServerProxy.DatabaseError"), (500, "Server.ClientProxy.OutdatedGlobalConf"),
    ],
)  # fmt: skip
def test_whose_fault_it_is_is_said_as_x_road_says_it(status, fault):
    """4.6, examples 2 to 5: the header tells X-Road's own errors from the provider's."""
    with pytest.raises(Malformed, match=f"X-Road says {fault}"):
        DIALECT.heard(SENT, reply(status, x_road_error=fault))


def test_an_error_of_the_provider_itself_has_no_such_header():
    with pytest.raises(Refused):
        DIALECT.heard(SENT, reply(403))
    with pytest.raises(Malformed, match="405"):
        DIALECT.heard(SENT, reply(405))


def test_the_key_is_not_shown():
    assert KEY.decode() not in repr(DIALECT)
