"""What every Stamper promises: `adapters.authority` is the embedded one."""

import hashlib

import pytest

from servicehall.signing import timestamps
from servicehall.signing.adapters.authority import TSA, LocalAuthority

DIGEST = hashlib.sha256(b"something").digest()


@pytest.fixture
def stamper(signer, clock):
    return LocalAuthority(signer, clock)


def test_a_digest_is_stamped_now_and_the_token_holds_for_ever(stamper, clock):
    at = clock.now()
    token = stamper.stamp(DIGEST)
    clock.pass_days(3000)
    stamp = timestamps.verified(token, DIGEST, stamper.anchors())
    assert (stamp.at, stamp.by) == (at, TSA)


def test_no_two_tokens_are_the_same(stamper):
    assert stamper.stamp(DIGEST) != stamper.stamp(DIGEST)
