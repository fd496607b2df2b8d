"""pyHanko signs with our keys, by our clock, and is stamped by our authority."""

import asyncio
from hashlib import sha256

from servicehall.signing import timestamps
from servicehall.signing.adapters.authority import LocalAuthority
from servicehall.signing.hanko import DepartmentSigner, Stamping


def test_a_dry_run_uses_no_key_and_has_the_size_of_a_signature(signer, issuer):
    made = DepartmentSigner(signer, issuer)
    assert asyncio.run(made.async_sign_raw(b"", "sha256", dry_run=True)) == bytes(72)
    assert asyncio.run(made.async_sign_raw(b"x", "sha256"))[:1] == b"\x30"


def test_a_timestamp_is_our_authoritys(signer, clock):
    stamping = Stamping(LocalAuthority(signer, clock))
    digest = sha256(b"content").digest()
    token = asyncio.run(stamping.async_timestamp(digest, "sha256"))
    assert timestamps.verified(token.dump(), digest, signer.anchors()).at == clock.now()
