"""Every structured class of forgery, of files and of records, is refused."""

import base64
import json
from datetime import timedelta
from io import BytesIO

import rfc8785
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from servicehall.licenses import record, rendering
from servicehall.printing.press import Press
from servicehall.signing import sealing
from servicehall.signing.adapters.software import SoftwareSigner, SoftwareSm2Signer
from servicehall.signing.signer import Issuer
from servicehall.verifying.verdicts import Result
from servicehall.verifying.verification import by_file, by_record
from tests.licenses.conftest import FONTS, issuer_of
from tests.verifying.pictures import huge_png, png, png_of

REFUSED = {Result.ALTERED, Result.UNKNOWN_ISSUER}


def forged(hall, license, pdf):
    """Every structured class of forgery: (name, file)."""
    issuer, content = issuer_of(license), license.record
    now = hall.clock.now()
    face = rendering.to_pdf(Press(FONTS, "http://hall.example"), content)

    def sealed(signer, who=issuer, jws=license.jws, at=now):
        return sealing.seal(face, signer, who, now=at, attachment=rendering.attached(jws))

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
    yield "a PNG that is not a code", png(Image.new("RGB", (40, 40), "red"))
    yield "a PNG of somebody's code", png_of("https://elsewhere.example/verify/ABCDEFGHJKMN")
    yield "broken PNG", b"\x89PNG\r\n\x1a\n" + b"\0" * 100
    yield "a JPEG header", b"\xff\xd8\xff\xe0" + b"\0" * 100
    yield "huge picture", huge_png()
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
        return f"{signed}.{_part(signer.pen(issuer_of(license)).sign(signed.encode()))}"

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


def forged_twice_signed(hall, license):
    """Records with two signatures, one of which does not hold."""
    issuer = issuer_of(license)
    strange = SoftwareSm2Signer(hall.folder / "strange", b"o" * 32, hall.clock)
    strange.pen(issuer)
    hall.second.pen(issuer)
    now, plain = hall.clock.now(), license.payload
    whole = json.loads(record.sign(hall.signer, plain, now=now, second=hall.second))
    other = plain.replace(b"0001", b"0002", 1)
    elses = json.loads(record.sign(hall.signer, other, now=now, second=hall.second))
    one, two = whole["signatures"]

    def told(*signatures, **more):
        return rfc8785.dumps({**whole, "signatures": list(signatures), **more}).decode()

    yield "an SM2 root of their own", record.sign(hall.signer, plain, now=now, second=strange)
    yield "SM2 of another license", told(one, elses["signatures"][1])
    yield "ES256 of another license", told(elses["signatures"][0], two)
    yield "payload of another license", told(one, two, payload=elses["payload"])
    yield "SM2 alone", told(two)
    yield "ES256 alone in the long form", told(one)
    yield "the other way round", told(two, one)
    yield "no signature", told()
    yield "three", told(one, two, two)
    yield "an empty SM2 signature", told(one, {**two, "signature": ""})
    yield "SM2 with ES256's bytes", told(one, {**two, "signature": one["signature"]})
    yield "a member more", told(one, two, header={"alg": "none"})
    yield "unprotected header", told(one, {**two, "header": {"alg": "none"}})


def test_no_forged_record_is_accepted(hall, work, license):
    accepted = []
    for name, text in (*forged_records(hall, license), *forged_twice_signed(hall, license)):
        told = by_record(work, text)
        if told.result not in REFUSED or told.genuine:
            accepted.append((name, told))
    assert accepted == []
