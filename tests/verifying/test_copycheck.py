"""Copies are proven by code, by file, without the hall; and they end."""

from datetime import timedelta

import pytest

from servicehall.licenses import library, statuslist
from servicehall.showing import copies, copyrecord
from servicehall.signing.signer import Issuer
from servicehall.verifying import copycheck, offline, verification
from servicehall.verifying.verdicts import Result
from tests.showing.conftest import holder

__all__ = ["holder"]


@pytest.fixture
def made(holder, license):
    copy = copies.make(holder, license, purpose="办理开户", receiver="示范银行", days=30)
    holder.commit()
    return copy


@pytest.mark.parametrize("drawn", [copies.pdf, copies.ofd])
def test_by_code_and_by_file(holder, made, in_process, drawn):
    content = drawn(holder, made)
    for told in (
        verification.by_code(holder, made.code), verification.by_file(holder, content),
        verification.by_record(holder, made.jws),
    ):  # fmt: skip
        assert (told.result, told.genuine) == (Result.VALID, True)
        assert (told.showing.purpose, told.showing.receiver) == ("办理开户", "示范银行")
        assert copycheck.ABOUT in told.reasons
        assert told.summary.holder == "欧***祎"
    place = len(content) // 2
    bent = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
    assert verification.by_file(holder, bent).result is Result.ALTERED


def test_the_end_of_a_copy_and_of_its_license(hall, holder, made, license, in_process):
    content = copies.pdf(holder, made)
    with hall.work() as office:
        library.suspend(office, library.by_code(office, license.code), reason="检查", law="示范法")
        office.commit()
    with hall.work() as anyone:
        assert verification.by_file(anyone, content).result is Result.SUSPENDED
    with hall.work() as office:
        library.resume(office, library.by_code(office, license.code), reason="改正", law="示范法")
        office.commit()
    hall.clock.moment += timedelta(days=31)
    with hall.work() as anyone:
        told = verification.by_file(anyone, content)
    assert (told.result, told.genuine, told.reasons[1]) == (Result.EXPIRED, True, copycheck.ENDED)


def test_without_the_hall(hall, holder, made, in_process):
    content, anchors = copies.pdf(holder, made), hall.signer.anchors()
    token, at = statuslist.signed(holder), hall.clock.now()
    told = offline.by_file(content, anchors, token=token, at=at)
    assert (told.result, told.showing.receiver) == (Result.VALID, "示范银行")
    assert offline.by_file(content, (), token=token, at=at).result is Result.UNKNOWN_ISSUER


def test_what_does_not_hold(hall, holder, made):
    copy, _ = copyrecord.verified(made.jws, hall.signer.anchors())
    foreign = copyrecord.sign(hall.signer, copy, Issuer("X", "别的部门"), now=hall.clock.now())
    assert verification.by_record(holder, foreign).result is Result.UNKNOWN_ISSUER
    assert (
        offline.by_file(
            foreign.encode(), hall.signer.anchors(), token=None, at=hall.clock.now()
        ).result
        is Result.UNKNOWN_ISSUER
    )
    bent = made.jws[:-4] + ("AAAA" if made.jws[-4:] != "AAAA" else "BBBB")
    assert verification.by_record(holder, bent).result is Result.ALTERED
    made.jws = bent
    holder.record("test.bent", "")
    assert verification.by_code(holder, made.code).result is Result.ALTERED
