"""One algorithm, one form; nothing a document says about itself is believed."""

import base64

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.errors import Invalid
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.jws import LIMIT, _decoded, _encoded, opened, seal


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
