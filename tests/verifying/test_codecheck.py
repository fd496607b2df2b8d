"""What is held up to a scanner: show codes and offline codes, with the hall and without it."""

from datetime import timedelta

import pytest

from servicehall.licenses import library, statuslist
from servicehall.licenses.models import License
from servicehall.showing import offlinecode, showcode
from servicehall.signing.signer import Issuer
from servicehall.verifying import codecheck, offline, verification
from servicehall.verifying.verdicts import Result
from tests.showing.conftest import holder
from tests.verifying.pictures import png_of

__all__ = ["holder"]


def test_a_show_code_says_for_what_and_where_the_license_stands(hall, holder, license):
    code = showcode.text(holder, license, "bank")
    told = verification.by_code(holder, code)
    assert (told.result, told.showing.kind, told.showing.purpose) == (
        Result.VALID, "code", showcode.PURPOSES["bank"],
    )  # fmt: skip
    with hall.work() as office:
        library.suspend(office, library.by_code(office, license.code), reason="检查", law="示范法")
        office.commit()
    with hall.work() as anyone:
        assert verification.by_code(anyone, code).result is Result.SUSPENDED
    hall.clock.moment += timedelta(minutes=4)
    with hall.work() as anyone:
        told = verification.by_code(anyone, code)
    assert (told.result, told.genuine, told.summary) == (Result.ALTERED, False, None)
    assert "过期" in told.reasons[1]


def test_an_offline_code_online(hall, holder, license):
    code = offlinecode.text(holder, license)
    told = verification.by_code(holder, code)
    assert (told.result, told.showing.kind) == (Result.VALID, "offline")
    bent = code[:60] + ("0" if code[60] != "0" else "1") + code[61:]
    assert not verification.by_code(holder, bent).genuine
    hall.clock.moment += offlinecode.LASTS + timedelta(hours=1)
    told = verification.by_code(holder, code)
    assert (told.result, told.genuine) == (Result.EXPIRED, True)


def test_a_picture_of_either(hall, holder, license, in_process):
    for text in (showcode.text(holder, license, "bank"), offlinecode.text(holder, license)):
        told = verification.by_file(holder, png_of(text))
        assert told.result is Result.VALID
        assert told.showing is not None


def test_the_library_says_otherwise_than_the_code(holder, license, monkeypatch):
    code = offlinecode.text(holder, license)
    monkeypatch.setattr(codecheck.offlinecode, "agrees", lambda carried, record: False)
    assert verification.by_code(holder, code).result is Result.ALTERED
    holder.session.delete(holder.session.get_one(License, license.id))
    assert verification.by_code(holder, code).result is Result.ALTERED


def test_without_the_hall(hall, holder, license):
    code, anchors = offlinecode.text(holder, license), hall.signer.anchors()
    token, at = statuslist.signed(holder), hall.clock.now()

    def asked(text=code, token=token, at=at):
        return offline.by_file(text.encode(), anchors, token=token, at=at)

    told = asked()
    assert (told.result, told.genuine) == (Result.VALID, True)
    assert told.summary.holder == "欧***祎"
    assert told.summary.number == license.serial
    assert asked(token=None).result is Result.UNKNOWN_ISSUER  # nobody vouches for the signer
    assert asked(token="eyJ").result is Result.ALTERED
    assert asked(at=at + timedelta(hours=1)).result is Result.STATUS_STALE
    assert asked(at=at + timedelta(days=31)).result is Result.EXPIRED
    assert asked(text=code[:-1]).result is Result.ALTERED
    with hall.work() as office:
        library.revoke(office, library.by_code(office, license.code), reason="撤", law="示范法")
        office.commit()
        assert asked(token=statuslist.signed(office)).result is Result.REVOKED


def test_a_key_of_the_hall_for_something_else(hall, holder, license, monkeypatch):
    code = offlinecode.text(holder, license)
    monkeypatch.setattr(codecheck.statuslist, "QR", Issuer("OTHER", "别的服务"))
    sealed = (hall.signer.pen(Issuer("QR", "政务服务大厅离线码签名")).chain[0],)
    with pytest.raises(codecheck.UnknownIssuer, match="离线码服务"):
        codecheck.proven(code, sealed, hall.signer.anchors())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7K3M-9XQ2-BPTW", "7K3M-9XQ2-BPTW"), ("http://x/verify/7K3M9XQ2BPTW/", "7K3M9XQ2BPTW"),
        ("LC1:ABC", ""), ("short", ""),
    ],
)  # fmt: skip
def test_codes_and_addresses(text, code):
    assert codecheck.plain(text) == code
