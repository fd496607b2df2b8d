"""Which of eight things is true: 0 forged accepted, 0 genuine refused (RELIABILITY 3.4)."""

import random
from datetime import timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from sqlalchemy import update

from servicehall.kernel.errors import NotFound
from servicehall.licenses import enlisting, issuing, library, record, rendering
from servicehall.licenses.models import State
from servicehall.printing.press import Press
from servicehall.signing import jws, sealing
from servicehall.signing.signer import Issuer
from servicehall.transparency.models import LicenseLeaf, LicenseLog
from servicehall.verifying import verification
from servicehall.verifying.verdicts import Result
from servicehall.verifying.verification import by_code, by_file, by_record
from tests.builders import headed
from tests.licenses.conftest import issuer_of, license_type, order
from tests.verifying.pictures import huge_png, png_of

REFUSED = {Result.ALTERED, Result.UNKNOWN_ISSUER}


def test_the_genuine_file_is_valid(work, pdf):
    told = by_file(work, pdf)
    assert (told.result, told.genuine, told.same_file) == (Result.VALID, True, True)
    assert told.summary.holder == "欧***祎"
    assert told.summary.holder_code[1:-1] == "*" * 16
    assert not work.unfinished


def test_the_code_and_the_record_are_valid(work, license):
    typed = f" {license.code[:4]}-{license.code[4:8]} {license.code[8:].lower()} "
    for told in (by_code(work, typed), by_record(work, license.jws + "\n")):
        assert (told.result, told.genuine, told.same_file) == (Result.VALID, True, None)
    assert by_file(work, license.jws.encode()).result is Result.VALID


def test_an_unknown_code_is_not_found(hall, work):
    planned = issuing.plan(work, order())
    for code in ("", "ABCD-EFGH-JKMN", planned.code, "x" * 5000, "'; drop table"):
        with pytest.raises(NotFound):
            by_code(work, code)


@pytest.mark.parametrize(
    ("act", "result"),
    [
        (library.suspend, Result.SUSPENDED),
        (library.cancel, Result.REVOKED),
        (library.revoke, Result.REVOKED),
    ],
)
def test_where_it_stands_is_told(work, license, pdf, act, result):
    held = library.by_key(work, "C-1")
    act(work, held, reason="原因", law="行政许可法 第六十九条")
    work.commit()
    for told in (by_code(work, license.code), by_record(work, license.jws), by_file(work, pdf)):
        assert (told.result, told.genuine) == (result, True)
        assert told.summary.state_law == "行政许可法 第六十九条"


def test_its_days_are_told(hall, work, license, pdf):
    assert by_file(work, pdf).result is Result.VALID
    hall.clock.pass_days(365 * 5)
    assert by_file(work, pdf).result is Result.VALID  # 28 February 2031, its last day
    hall.clock.pass_days(1)
    for told in (by_code(work, license.code), by_record(work, license.jws), by_file(work, pdf)):
        assert (told.result, told.genuine) == (Result.EXPIRED, True)


def test_not_before_its_first_day(hall, work):
    later = hall.clock.moment.date() + timedelta(days=9)
    license = hall.issue(order(valid_from=later))
    assert by_code(work, license.code).result is Result.EXPIRED


def test_the_old_version_is_superseded(hall, work, license, pdf):
    new = issuing.plan(work, order("C-2", renews=library.by_key(work, "C-1")))
    issuing.finish(work, new)
    work.commit()
    assert by_file(work, pdf).result is Result.SUPERSEDED
    assert by_file(work, hall.store.get(new.pdf_key)).result is Result.VALID


def test_a_status_that_cannot_be_found_is_said_so(hall, work, license, pdf):
    planned = issuing.plan(work, order("C-2", type=license_type(single=False)))
    signed = record.sign(hall.signer, planned.payload, now=hall.clock.now())
    work.rollback()
    told = by_record(work, signed)
    assert (told.result, told.genuine, told.summary) == (Result.STATUS_STALE, True, None)


def test_genuine_files_of_every_layout_are_accepted(hall, work):
    refused = []
    wide = {"certificate", "form"}  # the others stand upright
    for number, layout in enumerate(["certificate", "letter", "card", "form"] * 3):
        across = layout in wide and number % 8 < 4
        kind = license_type(
            single=False,
            slug=f"type-{number}",
            code=f"11990100000001011X{number:03}",
            template={"layout": layout, "page": "a4-landscape" if across else "a4-portrait"},
        )
        issued = hall.issue(order(f"G-{number}", type=kind))
        told = by_file(work, hall.store.get(issued.pdf_key))
        if (told.result, told.same_file) != (Result.VALID, True):
            refused.append((layout, told))
    assert refused == []


def test_flipped_bytes_are_refused(work, pdf, in_process):
    """Covered bytes: refused. The gap (hex case, padding): genuine, but not the issued file."""
    found = PdfFileReader(BytesIO(pdf)).embedded_signatures[0].byte_range
    gap = range(found[1], found[2])
    dice = random.Random(20260301)  # noqa: S311 - a sample, not a secret
    accepted = []
    for place in [*dice.sample(range(len(pdf)), 300), *dice.sample(range(2000), 60)]:
        flipped = bytearray(pdf)
        flipped[place] ^= 1 << dice.randrange(8)
        told = by_file(work, bytes(flipped))
        assert told.same_file is not True
        if told.result not in REFUSED and place not in gap:
            accepted.append(place)
    assert accepted == []


def test_the_gap_has_one_spelling(work, pdf):
    """What no signature covers is not free to be changed: case, the zeros behind it."""
    start = pdf.index(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)
    digits = pdf[start:end]
    for other in (digits[:4000].swapcase() + digits[4000:], digits[:-1] + b"1"):
        told = by_file(work, pdf[:start] + other + pdf[end:])
        assert (told.result, told.genuine) == (Result.ALTERED, False)


def test_sealed_again_it_is_genuine_but_not_our_file(hall, work, license):
    face = rendering.to_pdf(work.use(Press), license.record)
    attachment = rendering.attached(license.jws)
    issuer, later = issuer_of(license), hall.clock.now() + timedelta(hours=1)
    other = sealing.seal(face, hall.signer, issuer, now=later, attachment=attachment)
    told = by_file(work, other)
    assert (told.result, told.genuine, told.same_file) == (Result.VALID, True, False)
    assert len(told.reasons) == 2


def test_what_may_hurt_is_examined_elsewhere(work):
    for content in (huge_png(), b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\n%%EOF"):
        assert by_file(work, content).result in REFUSED


def test_another_department_may_not_sign_for_this_one(hall, work, license):
    bureau = Issuer("11990100000002022X", "示范市别的局")
    signed = jws.seal(hall.signer, bureau, license.payload, typ=record.TYP, now=hall.clock.now())
    assert by_record(work, signed).result is Result.UNKNOWN_ISSUER


def test_a_picture_of_the_code_is_looked_up(work, license):
    for text in (f"http://hall.example/verify/{license.code}", license.code):
        told = by_file(work, png_of(text))
        assert told.result is Result.VALID
        assert len(told.reasons) == 2


def test_a_database_that_was_tampered_with_is_told(hall, work, license):
    held = library.by_key(work, "C-1")
    held.intent = held.intent.replace("0001", "0002")
    assert by_code(work, license.code).result is Result.ALTERED
    work.rollback()
    held.state = State.VALID
    held.jws = license.jws[:-2] + "AA"
    assert by_code(work, license.code).result is Result.ALTERED


def test_a_stolen_key_is_called_out_because_the_log_does_not_know_it(hall, work, stolen):
    assert by_record(work, stolen).result is Result.STATUS_STALE  # the log has not begun
    enlisting.begin(work)
    told = by_record(work, stolen)
    assert (told.result, told.genuine) == (Result.UNKNOWN_ISSUER, False)
    assert verification.NOT_LOGGED in told.reasons


def test_a_row_put_into_the_library_by_hand_is_called_out(hall, work, license):
    enlisting.begin(work)
    assert by_code(work, license.code).result is Result.VALID
    work.session.execute(update(LicenseLeaf).values(identifier="another"))
    for told in (by_code(work, license.code), by_record(work, license.jws)):
        assert (told.result, told.genuine) == (Result.UNKNOWN_ISSUER, False)


def test_after_an_old_backup_a_license_that_is_forgotten_is_not_called_forged(hall, work, stolen):
    """The heads outside know of more licenses than the database has."""
    enlisting.begin(work)
    work.commit()
    headed(hall)
    work.session.execute(update(LicenseLog).values(length=0))
    assert by_record(work, stolen).result is Result.STATUS_STALE
