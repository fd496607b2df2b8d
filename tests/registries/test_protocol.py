"""What is asked and answered in every dialect: whatever was touched is refused."""

import json
from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from servicehall.registries import protocol
from servicehall.registries.connector import Query
from servicehall.registries.dialects import Own
from servicehall.registries.protocol import Malformed
from tests.builders import NOON
from tests.registries import serving

KEY = b"0123456789abcdef0123456789abcdef"
QUERY = Query(
    call="call-0001", dataset="population.person", subject="110101199003071233",
    fields=("name", "sex"), purpose="核对身份", item="990123009000", case="m-1", actor="a-1",
    party="person:p-1",
)  # fmt: skip
SENT = Own("hall", KEY).question(QUERY, NOON)
RECORDS = [{"name": "王小明", "sex": "男", "number": "110101199003071233"}]


def answer(records=RECORDS, query=QUERY, request_hash=SENT.hash):
    asked = protocol.parse(protocol.Request, protocol.body(query))
    return protocol.response(asked, records, request_hash=request_hash, at=NOON)


def hear(body, query=QUERY, dataset="population.person"):
    return heard(serving.seal(dataset, body), query)


def heard(text, query=QUERY):
    return protocol.read_response(query, SENT, text, serving.anchors())


def test_what_is_kept_of_a_question_is_every_byte_and_its_body_is_found_again():
    head, _, body = SENT.message.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /r1/population.person\r\nContent-Type: application/json")
    assert body == protocol.body_of(SENT.message) == SENT.body
    assert KEY not in SENT.message


@pytest.mark.parametrize(
    "body", [b"", b"[" * 100_000, b'{"a":' * 50_000, b"\xff", b"null", b"1" * 9999, b'"\\ud800"']
)
def test_signed_nonsense_is_no_answer(body):
    with pytest.raises(Malformed):
        hear(body)


def test_an_answer_arrives_without_the_fields_nobody_asked_for():
    assert hear(answer()) == [{"name": "王小明", "sex": "男"}]


def test_a_field_that_is_not_known_is_absent():
    assert hear(answer([{"sex": "男"}, {}])) == [{"sex": "男"}, {}]


GENUINE = serving.seal("population.person", answer())


@given(st.integers(0, len(GENUINE) - 1), st.integers(1, 127))
def test_any_changed_byte_of_an_answer_is_refused(place, change):
    text = bytearray(GENUINE.encode())
    text[place] ^= change
    with pytest.raises(Malformed):
        heard(text.decode("ascii", "replace"))


@given(st.text(max_size=70))
def test_any_other_signature_of_an_answer_is_refused(mark):
    with pytest.raises(Malformed, match="signature"):
        heard(f"{GENUINE.rpartition('.')[0]}.{mark}")


def test_only_the_provider_of_a_dataset_answers_for_it():
    with pytest.raises(Malformed, match="another department"):
        hear(answer(), dataset="education.degree")


def test_a_root_that_is_not_believed_answers_for_nothing():
    with pytest.raises(Malformed, match="signature"):
        protocol.read_response(QUERY, SENT, GENUINE, ())


def test_an_answer_about_no_known_dataset_is_none():
    body = rfc8785.dumps({**json.loads(answer()), "dataset": "tax.return"})
    with pytest.raises(Malformed, match="another department"):
        hear(body)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"subject": "990102198506150019"}, "another call or person"),
        ({"dataset": "vehicle.record"}, "another call or person"),
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
    body = rfc8785.dumps({**json.loads(answer()), **change})
    with pytest.raises(Malformed, match=words):
        hear(body)


def test_an_answer_to_another_call_does_not_fit_though_it_is_genuine():
    other = replace(QUERY, call="call-0002")
    with pytest.raises(Malformed):
        hear(answer(query=other))


def test_too_large_an_answer_is_not_even_read():
    with pytest.raises(Malformed, match="signature"):
        heard("e" * (protocol.MOST_BYTES + 1))


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
