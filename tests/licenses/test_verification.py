"""Which of eight things is true: 0 forged accepted, 0 genuine refused (RELIABILITY 3.4)."""

import base64
import json
import random
from datetime import timedelta
from io import BytesIO

import pytest
import rfc8785
import segno
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from servicehall.kernel.errors import NotFound
from servicehall.licenses import (
    examiner,
    issuing,
    library,
    record,
    rendering,
    sealing,
    verification,
)
from servicehall.licenses.models import State
from servicehall.licenses.verdicts import Result
from servicehall.licenses.verification import by_code, by_file, by_record
from servicehall.signing import jws
from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.signer import Issuer
from tests.licenses.conftest import FONTS, license_type, order

REFUSED = {Result.ALTERED, Result.UNKNOWN_ISSUER}


class InProcess:
    """The same examination without a process for each of hundreds of files."""

    def ask(self, content):
        return examiner.answer(content)


@pytest.fixture
def in_process(monkeypatch):
    monkeypatch.setattr(verification, "EXAMINERS", InProcess())


@pytest.fixture
def license(hall):
    return hall.issue(order())


@pytest.fixture
def pdf(hall, license):
    return hall.store.get(license.pdf_key)


def issuer_of(license):
    return Issuer(license.record.issuer.code, license.record.issuer.name)


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
    for number, layout in enumerate(["certificate", "letter", "card"] * 4):
        kind = license_type(
            single=False,
            slug=f"type-{number}",
            code=f"11990100000001011X{number:03}",
            template={"layout": layout, "page": "a4-landscape" if number % 2 else "a4-portrait"},
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


def test_the_gap_is_genuine_but_not_our_file(work, pdf):
    start = pdf.index(b"/Contents <") + len(b"/Contents <")
    digits = pdf[start : start + 4000]
    other = pdf[:start] + digits.swapcase() + pdf[start + 4000 :]
    assert other != pdf
    told = by_file(work, other)
    assert (told.result, told.genuine, told.same_file) == (Result.VALID, True, False)
    assert len(told.reasons) == 2


def forged(hall, license, pdf):
    """Every structured class of forgery: (name, file)."""
    issuer, content = issuer_of(license), license.record
    now = hall.clock.now()
    face = rendering.to_pdf(rendering.Press(FONTS, "http://hall.example"), content)

    def sealed(signer, who=issuer, jws=license.jws, at=now):
        return sealing.seal(face, jws, signer, who, now=at)

    other = SoftwareSigner(hall.folder / "other", b"o" * 32, hall.clock)
    bureau = Issuer("11990100000002022X", "示范市别的局")
    yield "empty", b""
    yield "one byte", b"%"
    yield "only a header", b"%PDF-1.7\n"
    yield "truncated", pdf[: len(pdf) // 2]
    yield "truncated by one", pdf[:-1]
    yield "a newline after the end", pdf + b"\n"
    yield "a space after the end", pdf + b" "
    yield "a zero after the end", pdf + b"\0"
    yield "twice", pdf + pdf
    yield "junk before", b"%PDF-1.7\n" + pdf
    yield "unsigned", face
    yield "other authority, same names", sealed(other, jws=_signed(other, license, now))
    yield "other authority's file, our record", sealed(other)
    yield (
        "our file, other authority's record",
        sealed(hall.signer, jws=_signed(other, license, now)),
    )
    yield "another department's seal", sealed(hall.signer, bureau)
    yield "garbage attached", sealed(hall.signer, jws="not a record")
    yield "no record attached", sealed(hall.signer, jws="")
    yield "incremental update", _updated(pdf)
    yield "rewritten with the old signature", _rewritten(pdf)
    yield "transplanted signature", _transplanted(pdf, sealed(hall.signer, at=now + timedelta(1)))
    yield "emptied signature", _contents(pdf, lambda hex: b"0" * len(hex))
    yield "cut signature", _contents(pdf, lambda hex: hex[:200] + b"0" * (len(hex) - 200))
    yield "no hex", _contents(pdf, lambda hex: b"Z" * len(hex))
    for name, given in (
        ("from one", b"1 %d %d %d"),
        ("negative", b"0 %d %d -%d"),
        ("overlapping", b"0 %d 10 %d"),
    ):
        yield f"byte range {name}", _byte_range(pdf, given)
    yield "page content replaced", pdf.replace(b"/MediaBox", b"/CropBoxx", 1)
    yield "a PNG that is not a code", _png(Image.new("RGB", (40, 40), "red"))
    yield "a PNG of somebody's code", _png_of("https://elsewhere.example/verify/ABCDEFGHJKMN")
    yield "broken PNG", b"\x89PNG\r\n\x1a\n" + b"\0" * 100
    yield "a JPEG header", b"\xff\xd8\xff\xe0" + b"\0" * 100
    yield "huge picture", _huge_png()
    yield "a text", "这不是证照".encode()
    yield "a zip", b"PK\3\4" + b"\0" * 100
    yield "too large", b"%PDF-1.7\n" + b"0" * (10 * 1024 * 1024)
    yield "deep nesting", b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\n%%EOF"


def _signed(signer, license, now):
    return record.sign(signer, license.payload, now=now)


def _updated(pdf):
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _rewritten(pdf):
    out = BytesIO()
    copy_into_new_writer(PdfFileReader(BytesIO(pdf))).write(out)
    return out.getvalue()


def _gap(pdf):
    _, start, end, _ = PdfFileReader(BytesIO(pdf)).embedded_signatures[0].byte_range
    return start + 1, end - 1


def _contents(pdf, change):
    start, end = _gap(pdf)
    return pdf[:start] + change(pdf[start:end]) + pdf[end:]


def _transplanted(pdf, donor):
    start, end = _gap(donor)
    return _contents(pdf, lambda _: donor[start:end])


def _byte_range(pdf, form):
    start = pdf.index(b"/ByteRange")
    end = pdf.index(b"]", start)
    numbers = [int(n) for n in pdf[pdf.index(b"[", start) + 1 : end].split()]
    wanted = form % tuple(numbers[1:] if form.count(b"%d") == 3 else numbers[1::2])
    return pdf[:start] + (b"/ByteRange[" + wanted).ljust(end - start)[: end - start] + pdf[end:]


def _png(picture):
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _png_of(text):
    out = BytesIO()
    segno.make(text, micro=False).save(out, kind="png", scale=6)
    return out.getvalue()


def _huge_png():
    size = (50_000).to_bytes(4) * 2
    return b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + size + b"\x08\0\0\0\0" + b"\0" * 40


def test_no_forgery_is_accepted(hall, work, license, pdf, in_process):
    told = {name: by_file(work, content) for name, content in forged(hall, license, pdf)}
    accepted = [
        (name, one)
        for name, one in told.items()
        if one.result not in REFUSED or one.genuine or one.same_file
    ]
    assert accepted == []
    assert len(told) >= 36
    for name, why in (
        ("a newline after the end", Result.ALTERED),
        ("incremental update", Result.ALTERED),
        ("transplanted signature", Result.ALTERED),
        ("unsigned", Result.UNKNOWN_ISSUER),
        ("other authority, same names", Result.UNKNOWN_ISSUER),
        ("another department's seal", Result.UNKNOWN_ISSUER),
    ):
        assert told[name].result is why, name


def test_what_may_hurt_is_examined_elsewhere(work):
    for content in (_huge_png(), b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\n%%EOF"):
        assert by_file(work, content).result in REFUSED


def _part(value):
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def forged_records(hall, license):
    header, payload, signature = license.jws.split(".")
    fields = json.loads(base64.urlsafe_b64decode(header + "=="))
    other = SoftwareSigner(hall.folder / "other", b"o" * 32, hall.clock)

    def headed(**changes):
        return f"{_part(rfc8785.dumps({**fields, **changes}))}.{payload}.{signature}"

    def resigned(content, signer=hall.signer):
        signed = f"{header}.{_part(content)}"
        return f"{signed}.{_part(signer.sign(issuer_of(license), signed.encode()))}"

    plain = license.payload
    yield "empty", ""
    yield "two parts", f"{header}.{payload}"
    yield "four parts", license.jws + ".x"
    for algorithm in ("none", "None", "HS256", "ES384", "RS256", "", None):
        yield f"alg {algorithm}", headed(alg=algorithm)
    yield "alg none without signature", headed(alg="none").rsplit(".", 1)[0] + "."
    yield "other typ", headed(typ="jwt")
    yield "a key of its own", headed(jwk={"kty": "EC"})
    yield "critical", headed(crit=["exp"])
    yield "no certificate", headed(x5c=[])
    yield "two certificates", headed(x5c=fields["x5c"] * 2)
    yield "garbage certificate", headed(x5c=["AAAA"])
    yield "later signing time", headed(iat=fields["iat"] + 1)
    yield "signing time before the certificate", headed(iat=0)
    yield "other payload", f"{header}.{_part(plain.replace(b'0001', b'0002', 1))}.{signature}"
    yield "other signature", f"{header}.{payload}.{_part(bytes(64))}"
    yield "DER signature", f"{header}.{payload}.{_part(bytes(70))}"
    yield "loose bits", license.jws[:-1] + chr(ord(license.jws[-1]) ^ 1)
    yield "padding", license.jws + "=="
    yield "white space inside", license.jws.replace(".", ". ", 1)
    yield "other authority", record.sign(other, plain, now=hall.clock.now())
    yield "indented, re-signed", resigned(json.dumps(json.loads(plain), indent=1).encode())
    yield "repeated member, re-signed", resigned(plain[:-1] + b',"version":1}')
    yield "unknown member, re-signed", resigned(rfc8785.dumps({**json.loads(plain), "admin": True}))
    yield "look-alike, re-signed", resigned(plain.replace("示渔".encode(), "⽰渔".encode()))
    yield "no JSON, re-signed", resigned(b"\xff")
    yield "deep JSON, re-signed", resigned(b"[" * 9_000)
    yield "huge", "a." * 200_000


def test_no_forged_record_is_accepted(hall, work, license):
    accepted = []
    for name, text in forged_records(hall, license):
        told = by_record(work, text)
        if told.result not in REFUSED or told.genuine:
            accepted.append((name, told))
    assert accepted == []


def test_another_department_may_not_sign_for_this_one(hall, work, license):
    bureau = Issuer("11990100000002022X", "示范市别的局")
    signed = jws.seal(hall.signer, bureau, license.payload, typ=record.TYP, now=hall.clock.now())
    assert by_record(work, signed).result is Result.UNKNOWN_ISSUER


def test_a_picture_of_the_code_is_looked_up(work, license):
    for text in (f"http://hall.example/verify/{license.code}", license.code):
        told = by_file(work, _png_of(text))
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
