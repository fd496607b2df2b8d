"""Questions in our own dialect and the national gateway's: whatever was touched is refused."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from servicehall.registries import dialects
from servicehall.registries.dialects import GATEWAY, National, Own
from servicehall.registries.protocol import Malformed, Refused, Reply
from tests.builders import NOON as NOW
from tests.registries.test_protocol import KEY, QUERY, SENT

KEYS = {"hall": KEY}
PASSED = National("hall", KEY).question(QUERY, NOW)


def read(path=SENT.path, body=SENT.body, headers=SENT.headers, key=KEY, now=NOW):
    return dialects.read_own(path, headers, body, {"hall": key}, now)


def test_a_question_arrives_as_it_was_asked():
    asked = read()
    assert (asked.requester, asked.at) == ("hall", NOW)
    assert asked.request.model_dump() == {
        "call": "call-0001", "dataset": "population.person", "subject": "110101199003071233",
        "fields": ["name", "sex"], "purpose": "核对身份", "item": "990123009000", "case": "m-1",
        "actor": "a-1", "party": "person:p-1",
    }  # fmt: skip


def test_a_stranger_is_not_heard():
    with pytest.raises(Malformed, match="unknown requester"):
        read(headers={**SENT.headers, "X-Requester": "stranger"})


def test_the_key_is_not_shown():
    assert KEY.decode() not in repr(Own("hall", KEY)) + repr(National("hall", KEY))


@given(st.integers(0, len(SENT.body) - 1), st.integers(1, 255))
def test_any_changed_byte_of_a_question_is_refused(place, change):
    body = bytearray(SENT.body)
    body[place] ^= change
    with pytest.raises(Malformed, match="signature"):
        read(body=bytes(body))


@given(st.binary(min_size=1, max_size=20))
def test_anything_added_to_a_question_is_refused(more):
    with pytest.raises(Malformed):
        read(body=SENT.body + more)
    with pytest.raises(Malformed):
        read(body=more + SENT.body)


@given(st.sampled_from(["X-Signature", "X-Request-Time"]), st.text(max_size=70))
def test_any_other_header_value_is_refused(name, value):
    if value != SENT.headers[name]:
        with pytest.raises(Malformed):
            read(headers={**SENT.headers, name: value})


@pytest.mark.parametrize("name", ["X-Signature", "X-Request-Time"])
def test_a_missing_header_is_refused(name):
    with pytest.raises(Malformed):
        read(headers={k: v for k, v in SENT.headers.items() if k != name})


@given(st.binary(max_size=64))
def test_a_wrong_key_is_refused(key):
    if key != KEY:
        with pytest.raises(Malformed):
            read(key=key)


@given(st.integers(-10_000, 10_000))
def test_the_clocks_may_differ_by_five_minutes_and_no_more(seconds):
    now = NOW + timedelta(seconds=seconds)
    if abs(seconds) <= 300:
        assert read(now=now)
    else:
        with pytest.raises(Malformed, match="too old"):
            read(now=now)


@pytest.mark.parametrize("time", ["", "yesterday", "2026-03-02T04:00:00", "9" * 40])
def test_a_signed_time_that_is_none_is_refused(time):
    mark = dialects.signature(KEY, SENT.path, time, SENT.body)
    headers = {**SENT.headers, "X-Request-Time": time, "X-Signature": mark}
    with pytest.raises(Malformed, match="the time"):
        read(headers=headers)


@pytest.mark.parametrize("path", ["/r1/credit.record", "/r1/", "/r1/population.person/", "/"])
def test_a_question_cannot_be_replayed_elsewhere(path):
    with pytest.raises(Malformed):
        read(path=path)
    mark = dialects.signature(KEY, path, SENT.headers["X-Request-Time"], SENT.body)
    with pytest.raises(Malformed, match="different datasets"):
        read(path=path, headers={**SENT.headers, "X-Signature": mark})


@pytest.mark.parametrize(
    "change",
    [
        {"call": "short"}, {"call": 12345678}, {"subject": ""}, {"subject": "x" * 33},
        {"fields": []}, {"fields": ["x"] * 41}, {"fields": "name"}, {"fields": [1]},
        {"purpose": ""}, {"purpose": "x" * 201}, {"purpose": None}, {"case": ""}, {"party": ""},
        {"more": "x"},
    ],
)  # fmt: skip
def test_a_signed_question_of_another_shape_is_refused(change):
    body = rfc8785.dumps({**json.loads(SENT.body), **change})
    mark = dialects.signature(KEY, SENT.path, SENT.headers["X-Request-Time"], body)
    with pytest.raises(Malformed, match="not a Request"):
        read(body=body, headers={**SENT.headers, "X-Signature": mark})


@pytest.mark.parametrize(
    "body", [b"", b"[" * 100_000, b'{"a":' * 50_000, b"\xff", b"null", b"1" * 9999, b'"\\ud800"']
)
def test_signed_nonsense_is_no_question(body):
    mark = dialects.signature(KEY, SENT.path, SENT.headers["X-Request-Time"], body)
    with pytest.raises(Malformed):
        read(body=body, headers={**SENT.headers, "X-Signature": mark})


class TestTheNationalGateway:
    def read(self, headers=PASSED.headers, body=PASSED.body, now=NOW):
        return dialects.read_national(headers, body, KEYS, now)

    def test_the_headers_are_those_of_its_published_clients(self):
        """sign = base64(HMAC-SHA256(secret, sid + rid + rtime)); rtime in milliseconds."""
        rtime = str(int(NOW.timestamp() * 1000))
        mark = hmac.new(KEY, f"population.personhall{rtime}".encode(), hashlib.sha256).digest()
        told = {k: v for k, v in PASSED.headers.items() if k.startswith("gjgxjhpt")}
        assert told == {
            "gjgxjhpt_sid": "population.person", "gjgxjhpt_rid": "hall", "gjgxjhpt_rtime": rtime,
            "gjgxjhpt_sign": base64.b64encode(mark).decode(),
        }  # fmt: skip
        assert PASSED.path == GATEWAY

    def test_a_question_arrives_with_its_case_context(self):
        asked = self.read()
        assert (asked.requester, asked.at) == ("hall", NOW)
        told = asked.request
        assert (told.case, told.item, told.purpose) == ("m-1", "990123009000", "核对身份")

    @given(st.sampled_from(["sid", "rid", "rtime", "sign"]), st.text(max_size=50))
    def test_any_other_header_value_is_refused(self, name, value):
        if value != PASSED.headers[f"gjgxjhpt_{name}"]:
            with pytest.raises(Malformed):
                self.read({**PASSED.headers, f"gjgxjhpt_{name}": value})

    def test_a_body_that_asks_another_service_is_refused(self):
        body = rfc8785.dumps({**json.loads(PASSED.body), "dataset": "credit.record"})
        with pytest.raises(Malformed, match="different services"):
            self.read(body=body)

    def test_the_clocks_may_differ_by_five_minutes_and_no_more(self):
        assert self.read(now=NOW + timedelta(minutes=5))
        with pytest.raises(Malformed, match="too old"):
            self.read(now=NOW + timedelta(minutes=5, seconds=1))

    @pytest.mark.parametrize(
        "body", [b"", b"[]", b'{"code": "1", "data": "x"}', b'{"code": "0"}', b"[" * 100_000,
                 b'{"code": "0", "data": {}}', b"\xff"]
    )  # fmt: skip
    def test_an_envelope_without_data_is_no_answer(self, body):
        with pytest.raises(Malformed):
            National("hall", KEY).heard(PASSED, Reply(200, {}, body))

    def test_what_is_in_the_envelope_is_the_answer(self):
        said = Reply(200, {}, b'{"code": "0", "message": "", "data": "e.y.J"}')
        assert National("hall", KEY).heard(PASSED, said) == "e.y.J"
        with pytest.raises(Refused):
            National("hall", KEY).heard(PASSED, Reply(403, {}, b"{}"))
