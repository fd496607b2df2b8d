"""Base45: the examples of RFC 9285, and every byte string comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel import base45
from servicehall.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("plain", "told"),
    [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0")],
)  # fmt: skip
def test_the_examples_of_the_rfc(plain, told):
    assert base45.encoded(plain) == told
    assert base45.decoded(told) == plain


@given(st.binary(max_size=60))
def test_what_went_in_comes_out(content):
    assert base45.decoded(base45.encoded(content)) == content


@pytest.mark.parametrize("text", ["GGW", "A", "ab8", "BB8::", "::"])
def test_what_is_none(text):
    with pytest.raises(Invalid):
        base45.decoded(text)
