"""Tokens that carry their own end: made here, for one use, for a while."""

from datetime import UTC, datetime, timedelta

import pytest

from servicehall.kernel.errors import Invalid
from servicehall.kernel.mint import Mint

NOW, SPAN = datetime(2026, 3, 2, 4, 0, tzinfo=UTC), timedelta(minutes=5)


def test_a_token_says_what_it_held_until_it_ends():
    mint = Mint(b"m" * 32)
    token = mint.made("show", b"7", now=NOW, lasts=SPAN)
    assert len(token) == 4 + 4 + 1 + 15
    assert mint.opened("show", token, now=NOW + SPAN) == b"7"
    assert mint.made("show", b"7", now=NOW, lasts=SPAN) != token
    with pytest.raises(Invalid, match="过期"):
        mint.opened("show", token, now=NOW + SPAN + timedelta(seconds=1))


def test_no_other_token_passes():
    mint = Mint(b"m" * 32)
    token = mint.made("show", b"7", now=NOW, lasts=SPAN)
    bad = [bytes(b ^ (i == n) for i, b in enumerate(token)) for n in range(len(token))]
    for one in (*bad, b"", token[:-1], token + b"\0", token[-15:]):
        with pytest.raises(Invalid):
            mint.opened("show", one, now=NOW)
    with pytest.raises(Invalid):
        mint.opened("nonce", token, now=NOW)
    with pytest.raises(Invalid):
        Mint(b"n" * 32).opened("show", token, now=NOW)
