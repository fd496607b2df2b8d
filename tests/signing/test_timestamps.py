"""RFC 3161 tokens: openssl is the judge of ours, and no byte of one may be touched."""

import hashlib
import shutil
import subprocess
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servicehall.kernel.errors import Invalid
from servicehall.signing import certificates, timestamps
from servicehall.signing.adapters.authority import TSA
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.signer import Issuer

DATA = "什么时候有的".encode()
DIGEST = hashlib.sha256(DATA).digest()


@pytest.fixture
def token(signer, clock):
    return timestamps.made(DIGEST, signer, TSA, now=clock.now())


def test_a_token_says_when_and_who(token, signer, clock):
    stamp = timestamps.verified(token, DIGEST, signer.anchors())
    assert (stamp.at, stamp.by) == (clock.now(), TSA)


@pytest.mark.tool
@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_openssl_accepts_the_token_and_refuses_it_over_other_data(token, signer, tmp_path, clock):
    (tmp_path / "token").write_bytes(token)
    (tmp_path / "data").write_bytes(DATA)
    (tmp_path / "other").write_bytes(DATA + b" ")
    (tmp_path / "root.pem").write_text(certificates.pem(signer.anchors()[0]))
    for name, said in (("data", "Verification: OK"), ("other", "message imprint mismatch")):
        done = subprocess.run(
            ["openssl", "ts", "-verify", "-token_in", "-in", "token", "-data", name,
             "-CAfile", "root.pem", "-attime", str(int(clock.now().timestamp()))],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode == 0) is (name == "data")
        assert said in done.stdout + done.stderr


def test_another_digest_is_not_the_one_that_was_stamped(token, signer):
    with pytest.raises(Invalid, match="另一份内容"):
        timestamps.verified(token, hashlib.sha256(b"other").digest(), signer.anchors())


def test_what_signs_licenses_stamps_nothing_and_the_other_way_round(signer, issuer, clock):
    token = timestamps.made(DIGEST, signer, issuer, now=clock.now())
    with pytest.raises(UnknownIssuer, match="用途"):
        timestamps.verified(token, DIGEST, signer.anchors())
    leaf = signer.pen(TSA).chain[0]
    with pytest.raises(UnknownIssuer, match="用途"):
        certificates.trusted(leaf, signer.anchors(), at=clock.now())
    assert certificates.trusted(leaf, signer.anchors(), at=clock.now(), use="timestamping")


def test_a_stranger_stamps_nothing(token, signer, clock):
    with pytest.raises(UnknownIssuer):
        timestamps.verified(token, DIGEST, ())
    late = clock.now() + timedelta(days=4000)
    with pytest.raises(UnknownIssuer):  # a time at which the certificate was no longer in force
        timestamps.verified(
            timestamps.made(DIGEST, signer, TSA, now=late), DIGEST, signer.anchors()
        )


def test_the_authority_has_a_name_and_a_key_of_its_own(signer):
    other = Issuer("TSA", "时间戳")
    assert signer.pen(TSA).chain[0] != signer.pen(other).chain[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_any_changed_byte_is_refused(token, signer, data):
    place = data.draw(st.integers(0, len(token) - 1))
    altered = bytearray(token)
    altered[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Invalid):
        timestamps.verified(bytes(altered), DIGEST, signer.anchors())


@given(st.binary(max_size=60))
def test_nonsense_is_no_token(content):
    with pytest.raises(Invalid, match="不能读取"):
        timestamps.verified(content, DIGEST, ())


def test_what_stands_before_or_after_a_token_is_no_part_of_it(token, signer):
    for other in (token + b"\x00", b"\x00" + token, token[:-1]):
        with pytest.raises(Invalid):
            timestamps.verified(other, DIGEST, signer.anchors())
