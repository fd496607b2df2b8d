"""The record has one form, and only its department can have signed it."""

import json

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.errors import Invalid
from servicehall.licenses import issuing, record
from servicehall.licenses.record import Holder, Part, Status, parse, verified
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.jws import opened, seal
from servicehall.signing.signer import Issuer
from tests.licenses.conftest import license_type, order
from tests.licenses.test_rendering import made


@pytest.fixture
def payload(work):
    return issuing.plan(work, order()).payload


def test_it_says_everything(payload):
    said = json.loads(payload)
    assert set(said) == {
        "version", "identifier", "number", "type", "template", "statement", "holder", "issuer",
        "faces", "valid_from", "valid_to", "issued_at", "code", "status", "supersedes", "case",
        "evidence", "audit",
    }  # fmt: skip
    assert said["holder"]["name"] == "欧阳𬱖婳祎"
    assert said["evidence"][0]["fetched_at"] == "2026-02-27T09:30:00Z"
    assert said["status"]["uri"] == "http://hall.example/status/1"
    assert rfc8785.dumps(said) == payload


@pytest.mark.parametrize("part", Part.__subclasses__())
def test_its_fields_stand_in_the_order_of_rfc_8785(part):
    names = [one.encode_name for one in msgspec.structs.fields(part)]
    assert names == sorted(names)


def test_one_form_only(payload):
    assert parse(payload).canonical() == payload
    said = json.loads(payload)
    for other in (
        b"",
        b"[]",
        b"\xff",
        payload + b"\n",
        b" " + payload,
        json.dumps(said).encode(),
        payload[:-1] + b',"version":1}',
        rfc8785.dumps({**said, "more": 1}),
        rfc8785.dumps({k: v for k, v in said.items() if k != "case"}),
        rfc8785.dumps({**said, "version": 2}),
        rfc8785.dumps({**said, "valid_from": "2026-3-1"}),
        rfc8785.dumps({**said, "issued_at": "2026-03-01T08:00:00"}),
    ):
        with pytest.raises(Invalid):
            parse(other)


def test_signed_and_verified(hall, payload):
    text = record.sign(hall.signer, payload, now=hall.clock.now())
    assert verified(text, hall.signer.anchors()) == (parse(payload), payload)
    assert text == record.sign(hall.signer, payload, now=hall.clock.now())


def test_only_by_the_department_it_names(hall, payload):
    other = Issuer("11990100000002022X", "示范市别的局")
    text = seal(hall.signer, other, payload, typ=record.TYP, now=hall.clock.now())
    with pytest.raises(UnknownIssuer):
        verified(text, hall.signer.anchors())


def test_kinds_of_codes():
    def kind(holder, code):
        return Holder(kind=holder, code=code, name="x").code_type

    assert kind("organization", "91990101MA0000001X") == "001"
    assert kind("person", "990101199003071234") == "111"
    assert kind("person", "E12345678") == "999"


def test_a_department_with_an_sm2_key_signs_twice(hall):
    """And what it signed before it had one goes on being verified."""
    before = hall.issue(order()).jws
    issuer = parse(opened(before, typ=record.TYP).payload).issuer
    hall.second.pen(Issuer(issuer.code, issuer.name))
    after = hall.issue(order(key="C-2", type=license_type(single=False))).jws
    assert before.count(".") == 2
    assert list(json.loads(after)) == ["payload", "signatures"]
    for text in (before, after):
        found, payload = verified(text, hall.signer.anchors())
        assert found.canonical() == payload


@given(st.text(st.characters(codec="utf-8")), st.integers(0, 2**53 - 1))
def test_the_one_form_is_that_of_rfc_8785(text, number):
    """Whatever a name holds, another program's canonical JSON has the same bytes."""
    holder = Holder(kind="person", code="990101199003071234", name=text)
    written = made(holder=holder, status=Status(uri=text, index=number)).canonical()
    assert written == rfc8785.dumps(json.loads(written))
    assert parse(written).holder.name == text


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        (b'"layout":', b'"layout" :'),
        (b'"page":"a4-landscape"', b'"page":"a4-landscape","page":"a4-landscape"'),
        (b'"page":"a4-landscape"', b'"page":"a3"'),
        (b'"page":"a4-landscape"', b'"page":"a4-landscape","seal":null'),
    ],
)
def test_a_template_in_another_spelling_is_refused(payload, written, otherwise):
    assert payload.count(written) == 1
    parse(payload)
    with pytest.raises(Invalid):
        parse(payload.replace(written, otherwise))


def test_half_a_character_has_no_form():
    with pytest.raises(ValueError, match="surrogates"):
        made(statement="\ud800").canonical()
