"""One signed question, one signed answer: whatever was touched is refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from servicehall.registries import protocol
from servicehall.registries.connector import Query
from servicehall.registries.protocol import Malformed

KEY = b"0123456789abcdef0123456789abcdef"
NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
QUERY = Query(
    call="call-0001", dataset="population.person", subject="110101199003071233",
    fields=("name", "sex"), purpose="核对身份", item="990123009000", case="m-1", actor="a-1",
)  # fmt: skip
SENT = protocol.request(QUERY, requester="hall", key=KEY, at=NOW)
RECORDS = [{"name": "王小明", "sex": "男", "number": "110101199003071233"}]


def read(path=SENT.path, body=SENT.body, headers=SENT.headers, key=KEY, now=NOW):
    return protocol.read_request(path, body, headers, key=key, now=now)


def answer(records=RECORDS, query=QUERY, key=KEY, request_hash=SENT.hash):
    asked = protocol.Request.model_validate_json(
        protocol.request(query, requester="hall", key=key, at=NOW).body
    )
    return protocol.response(asked, records, request_hash=request_hash, key=key, at=NOW)


def hear(signed, query=QUERY, key=KEY):
    return protocol.read_response(query, SENT, signed.body, signed.headers["X-Signature"], key=key)


def answer_of(body, call=QUERY.call):
    return protocol.Signed(
        "", body, {"X-Signature": protocol._signature(KEY, "ANSWER", call, "", body)}
    )


def test_a_question_arrives_as_it_was_asked():
    asked = read()
    assert asked.model_dump() == {
        "call": "call-0001", "dataset": "population.person", "subject": "110101199003071233",
        "fields": ["name", "sex"], "purpose": "核对身份", "item": "990123009000", "case": "m-1",
        "actor": "a-1",
    }  # fmt: skip


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
        with pytest.raises(Malformed):
            hear(answer(), key=key)


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
    mark = protocol._signature(KEY, "POST", SENT.path, time, SENT.body)
    headers = {**SENT.headers, "X-Request-Time": time, "X-Signature": mark}
    with pytest.raises(Malformed, match="the time"):
        read(headers=headers)


@pytest.mark.parametrize("path", ["/r1/credit.record", "/r1/", "/r1/population.person/", "/"])
def test_a_question_cannot_be_replayed_elsewhere(path):
    with pytest.raises(Malformed):
        read(path=path)
    mark = protocol._signature(KEY, "POST", path, SENT.headers["X-Request-Time"], SENT.body)
    with pytest.raises(Malformed, match="different datasets"):
        read(path=path, headers={**SENT.headers, "X-Signature": mark})


def test_a_question_is_no_answer():
    with pytest.raises(Malformed):
        protocol.read_response(QUERY, SENT, SENT.body, SENT.headers["X-Signature"], key=KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"call": "short"}, {"call": 12345678}, {"subject": ""}, {"subject": "x" * 33},
        {"fields": []}, {"fields": ["x"] * 41}, {"fields": "name"}, {"fields": [1]},
        {"purpose": ""}, {"purpose": "x" * 201}, {"purpose": None}, {"case": ""}, {"more": "x"},
    ],
)  # fmt: skip
def test_a_signed_question_of_another_shape_is_refused(change):
    body = rfc8785.dumps({**json.loads(SENT.body), **change})
    mark = protocol._signature(KEY, "POST", SENT.path, SENT.headers["X-Request-Time"], body)
    with pytest.raises(Malformed, match="not a Request"):
        read(body=body, headers={**SENT.headers, "X-Signature": mark})


@pytest.mark.parametrize(
    "body", [b"", b"[" * 100_000, b'{"a":' * 50_000, b"\xff", b"null", b"1" * 9999, b'"\\ud800"']
)
def test_signed_nonsense_is_refused_as_question_and_answer(body):
    mark = protocol._signature(KEY, "POST", SENT.path, SENT.headers["X-Request-Time"], body)
    with pytest.raises(Malformed):
        read(body=body, headers={**SENT.headers, "X-Signature": mark})
    with pytest.raises(Malformed):
        hear(answer_of(body))


def test_an_answer_arrives_without_the_fields_nobody_asked_for():
    assert hear(answer()) == [{"name": "王小明", "sex": "男"}]


def test_a_field_that_is_not_known_is_absent():
    assert hear(answer([{"sex": "男"}, {}])) == [{"sex": "男"}, {}]


@given(st.integers(0, len(answer().body) - 1), st.integers(1, 255))
def test_any_changed_byte_of_an_answer_is_refused(place, change):
    genuine = answer()
    body = bytearray(genuine.body)
    body[place] ^= change
    with pytest.raises(Malformed, match="signature"):
        hear(replace(genuine, body=bytes(body)))


@given(st.text(max_size=70))
def test_any_other_signature_of_an_answer_is_refused(mark):
    with pytest.raises(Malformed, match="signature"):
        hear(replace(answer(), headers={"X-Signature": mark}))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"subject": "990102198506150019"}, "another call or person"),
        ({"dataset": "credit.record"}, "another call or person"),
        ({"call": "call-0002"}, "another call or person"),
        ({"request_hash": "0" * 64}, "another request"),
        ({"at": "whenever"}, "time"),
        ({"more": "x"}, "not a Response"),
        ({"records": [{"name": 1}]}, "not a Response"),
        ({"records": [{"name": None}]}, "not a Response"),
        ({"records": [{"name": ["x"]}]}, "not a Response"),
        ({"records": [{"name": "x"}] * 51}, "not a Response"),
        ({"records": {"name": "x"}}, "not a Response"),
        ({"records": [{"name": "x" * 501}]}, "too long"),
        ({"records": [{"name": "x\x00"}]}, "control"),
        ({"records": [{"name": "\u202ex"}]}, "control"),
    ],
)
def test_a_signed_answer_to_something_else_is_refused(change, words):
    body = rfc8785.dumps({**json.loads(answer().body), **change})
    with pytest.raises(Malformed, match=words):
        hear(answer_of(body))


def test_an_answer_to_another_call_does_not_fit_though_it_is_genuine():
    other = replace(QUERY, call="call-0002")
    with pytest.raises(Malformed):
        hear(answer(query=other))


def test_too_large_an_answer_is_not_even_read():
    with pytest.raises(Malformed, match="too large"):
        hear(answer_of(b" " * (protocol.MOST_BYTES + 1)))


@given(st.text(max_size=200))
def test_a_value_is_kept_cleaned_or_refused_but_never_changed_in_its_words(text):
    try:
        body = answer([{"name": text}])
    except (UnicodeEncodeError, ValueError):
        return  # half a surrogate pair cannot be sent at all
    try:
        (record,) = hear(body)
    except Malformed:
        return
    assert record["name"].split() == text.split()
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in record["name"])


def test_rare_characters_and_blanks_inside_survive():
    (record,) = hear(answer([{"name": "欧阳 𬱖婳祎\ue000"}]))
    assert record == {"name": "欧阳 𬱖婳祎\ue000"}
