"""One algorithm, one form; nothing a document says about itself is believed."""

import base64
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.errors import Invalid
from servicehall.signing import certificates
from servicehall.signing.adapters.software import SoftwareSigner, SoftwareSm2Signer
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.jws import LIMIT, _decoded, _encoded, opened, seal
from servicehall.signing.signer import Issuer
from tests.signing.conftest import SECRET


def headed(**fields):
    return f"{_encoded(rfc8785.dumps(fields))}.e30.AAAA"


def test_there_and_back(signer, issuer, clock):
    text = seal(signer, issuer, b"payload", typ="t", now=clock.now())
    envelope = opened(text, typ="t")
    assert (envelope.payload, envelope.at) == (b"payload", clock.now())
    assert envelope.verify(signer.anchors()).issuer == issuer
    assert text == seal(signer, issuer, b"payload", typ="t", now=clock.now())
    with pytest.raises(UnknownIssuer):
        envelope.verify([])
    with pytest.raises(Invalid):
        opened(text, typ="other")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "a.b.c",
        "e30.e30.e30",
        headed(alg="none", iat=1, typ="t", x5c=["AAAA"]),
        headed(alg="HS256", iat=1, typ="t", x5c=["AAAA"]),
        headed(alg="ES256", iat=1, typ="t", x5c=["AAAA"], kid="1"),
        headed(alg="ES256", iat=1, typ="t", x5c=["AAA="[:3]]),
        headed(alg="ES256", iat="1", typ="t", x5c=["AAAA"]),
        headed(alg="ES256", iat=10**15, typ="t", x5c=["AAAA"]),
        headed(alg="ES256", iat=-1, typ="t", x5c=["AAAA"]),
        _encoded(b'{"alg":"ES256","alg":"ES256","iat":1,"typ":"t","x5c":["AAAA"]}') + ".e30.AAAA",
        _encoded(b"[" * 50_000) + ".e30.AAAA",
        "a" * LIMIT + ".b.c",
        "签.名.录",
    ],
)
def test_other_forms_are_refused(text):
    with pytest.raises(Invalid):
        opened(text, typ="t")


def test_a_good_header_is_taken():
    assert opened(headed(alg="ES256", iat=1, typ="t", x5c=["AAAA"]), typ="t").leaf == b"\0\0\0"


@given(st.binary(max_size=50))
def test_base64_has_one_spelling(content):
    text = _encoded(content)
    assert _decoded(text) == content
    for other in (
        text + "=",
        text + "==",
        text + "\n",
        " " + text,
        base64.b64encode(content).decode() + "=",
    ):
        with pytest.raises(Invalid):
            _decoded(other)


@pytest.fixture
def both(keys, clock):
    """One issuer's two signers, and the roots that both are believed under."""
    second = SoftwareSm2Signer(keys / "sm2", SECRET, clock)
    first = SoftwareSigner(keys, SECRET, clock, besides=second.anchors)
    return first, second


def test_two_signatures_over_one_payload(both, issuer, clock):
    first, second = both
    text = seal(first, issuer, b"payload", typ="t", now=clock.now(), second=second)
    assert list(json.loads(text)) == ["payload", "signatures"]
    envelope = opened(text, typ="t")
    assert [one.algorithm for one in envelope.signatures] == ["ES256", "SM2"]
    assert (envelope.payload, envelope.at) == (b"payload", clock.now())
    assert envelope.verify(first.anchors()).issuer == issuer
    with pytest.raises(UnknownIssuer):  # who believes one root of the two believes neither
        envelope.verify(second.anchors())
    with pytest.raises(UnknownIssuer):
        envelope.verify(certificates.es256_roots(first.anchors()))


def test_both_signatures_must_hold(both, issuer, clock):
    first, second = both
    text = seal(first, issuer, b"payload", typ="t", now=clock.now(), second=second)
    other = seal(first, issuer, b"other", typ="t", now=clock.now(), second=second)
    strange = Issuer("12990100000001021A", "别的局")
    whole = json.loads(text)
    one, two = whole["signatures"]
    elses = seal(first, strange, b"payload", typ="t", now=clock.now(), second=second)
    for signatures in (
        [one, json.loads(other)["signatures"][1]],
        [json.loads(other)["signatures"][0], two],
        [two, one],
        [one, one],
        [one],
        [],
        [one, two, two],
        [one, json.loads(elses)["signatures"][1]],
        [one, {**two, "header": {}}],
    ):
        forged = rfc8785.dumps({**whole, "signatures": signatures}).decode()
        with pytest.raises(Invalid):
            opened(forged, typ="t").verify(first.anchors())
    for spelled in (
        text.replace(":", ": "),
        text + "\n",
        text.replace('"payload"', '"header":{},"payload"'),
    ):
        with pytest.raises(Invalid):
            opened(spelled, typ="t")


def test_an_sm2_signature_alone_is_not_the_compact_form(both, issuer, clock):
    with pytest.raises(Invalid):
        opened(seal(both[1], issuer, b"payload", typ="t", now=clock.now()), typ="t")


@given(st.text("ABQgwx09+/-_=", max_size=12) | st.binary(max_size=12).map(_encoded))
def test_base64url_has_one_spelling(text):
    """What strict decoding takes, and encoding gives again whole: nothing more, nothing less."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        content = b""
    if _encoded(content) == text:
        assert _decoded(text) == content
    else:
        with pytest.raises(Invalid):
            _decoded(text)
