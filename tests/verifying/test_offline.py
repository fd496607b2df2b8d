"""Without the hall: the file, the root and a status list say which of the eight is true."""

from datetime import timedelta

import pytest

from servicehall.licenses import enlisting, library, statuslist
from servicehall.verifying.offline import UNPROVEN, by_file
from servicehall.verifying.verdicts import Result
from tests.builders import headed


def asked(hall, content, token, proof=None, **later):
    at = hall.clock.now() + timedelta(**later)
    return by_file(content, hall.signer.anchors(), token=token, at=at, proof=proof)


def test_genuine_and_valid(hall, work, license, pdf):
    token = statuslist.signed(work)
    for content in (pdf, license.jws.encode()):
        told = asked(hall, content, token + "\n")
        assert (told.result, told.genuine, told.same_file) == (Result.VALID, True, None)
        assert told.summary.holder == "欧***祎"
        assert told.summary.version == 1


def test_without_a_list_or_with_an_old_one_nobody_knows_whether_it_stands(hall, work, pdf):
    token = statuslist.signed(work)
    for old, later in ((None, {}), (token, {"hours": 1}), ("eyJ", {}), ("", {})):
        told = asked(hall, pdf, old, **later)
        assert (told.result, told.genuine) == (Result.STATUS_STALE, True)


@pytest.mark.parametrize(
    ("act", "result"),
    [(library.suspend, Result.SUSPENDED), (library.revoke, Result.REVOKED)],
)
def test_what_was_done_to_it_is_in_the_list(hall, work, pdf, act, result):
    act(work, library.by_key(work, "C-1"), reason="原因", law="行政许可法 第六十九条")
    work.commit()
    assert asked(hall, pdf, statuslist.signed(work)).result is result


def test_expired_by_its_own_dates(hall, work, pdf):
    hall.clock.pass_days(366 * 6)
    assert asked(hall, pdf, statuslist.signed(work)).result is Result.EXPIRED


def test_altered_or_of_another_root(hall, work, license, pdf):
    token = statuslist.signed(work)
    head, body, signature = license.jws.split(".")
    changed = f"{head}.{body[:-4]}AAAA.{signature}".encode()
    assert asked(hall, changed, token).result is Result.ALTERED
    at = hall.clock.now()
    assert by_file(pdf, (), token=token, at=at).result is Result.UNKNOWN_ISSUER
    assert by_file(b"x", hall.signer.anchors(), token=token, at=at).result is Result.UNKNOWN_ISSUER


def test_the_log_proves_that_it_was_issued_here_and_since_when(hall, work, license, pdf):
    token = statuslist.signed(work)
    assert UNPROVEN in asked(hall, pdf, token).reasons
    headed(hall)
    proof = enlisting.proof(work, license).model_dump_json()
    told = asked(hall, pdf, token, proof=proof)
    assert told.result is Result.VALID
    assert "2026-03-01 16:00" in told.reasons[-1]


def test_a_stolen_key_signs_rightly_and_is_called_out(hall, work, license, stolen):
    """The department's own key, over a license that nobody granted: only the log tells."""
    token = statuslist.signed(work)
    headed(hall)
    proof = enlisting.proof(work, license).model_dump_json()
    told = asked(hall, stolen.encode(), token, proof=proof)
    assert (told.result, told.genuine) == (Result.UNKNOWN_ISSUER, False)
