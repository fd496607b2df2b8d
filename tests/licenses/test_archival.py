"""The PDF for archiving: judged by others as PAdES B-LT, and by ourselves to the byte."""

import subprocess
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import DocumentSecurityStore, validate_pdf_signature

from servicehall.kernel.errors import Conflict, Forbidden, NotFound, Unavailable
from servicehall.kernel.work import SYSTEM, Actor
from servicehall.licenses import archival, issuing, library, proving
from servicehall.licenses.models import License
from servicehall.signing.signer import Issuer, Signer
from servicehall.transparency import distrust
from servicehall.verifying.verdicts import Result
from servicehall.verifying.verification import by_file
from tests.licenses.conftest import BUREAU, REVIEWER, order, tool

ISSUER = Issuer(BUREAU, "示范市农业农村局")
HOLDER = Actor("u7", "持证人", frozenset({"citizen"}), person="p1")


def made(hall, license, actor=REVIEWER):
    with hall.work(actor) as work:
        verb = archival.own if actor is HOLDER else archival.of_department
        content = verb(work, license.code)
        if work.unfinished:
            work.commit()
        return content


@pytest.fixture
def archive(hall, license):
    return made(hall, license)


@pytest.fixture
def path(archive, tmp_path):
    found = tmp_path / "archive.pdf"
    found.write_bytes(archive)
    return found


@pytest.fixture
def root(hall, tmp_path):
    found = tmp_path / "root.pem"
    der = hall.signer.pen(ISSUER).chain[1]
    found.write_bytes(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM))
    return found


def ran(*command):
    return subprocess.run(command, capture_output=True, check=False)


def test_it_is_made_once_for_holder_and_department_alike(hall, license, archive):
    assert made(hall, license, HOLDER) == archive
    assert archive != hall.store.get(license.pdf_key)
    with hall.work() as work:
        assert library.has_file(work, sha256(archive).hexdigest())
        assert list(proving.breaches(work)) == []


def test_we_call_it_the_very_file_that_was_issued(hall, license, archive, in_process):
    with hall.work() as work:
        told = by_file(work, archive)
        assert (told.result, told.genuine, told.same_file) == (Result.VALID, True, True)
        library.revoke(work, work.session.get(License, license.id), reason="查实", law="渔业法")
        assert by_file(work, archive).result is Result.REVOKED


def test_no_byte_is_altered_or_appended(hall, archive, in_process):
    """Every 1,500th byte, the edges of the signature, a line at the end, a revision on top."""
    _, start, end, _ = PdfFileReader(BytesIO(archive)).embedded_signatures[0].byte_range
    places = [*range(0, len(archive), 1500), start, start + 1, start + 4000, end - 2, end - 1, end]
    writer = IncrementalPdfFileWriter(BytesIO(archive))
    writer.root["/Lang"] = pdf_string("en")
    writer.update_root()
    added = BytesIO()
    writer.write(added)
    files = [archive + b"\n", archive[:-1], added.getvalue()]
    for place in places:
        flipped = bytearray(archive)
        flipped[place] ^= 1
        files.append(bytes(flipped))
    with hall.work() as work:
        for content in files:
            told = by_file(work, content)
            assert told.result in (Result.ALTERED, Result.UNKNOWN_ISSUER)
            assert not told.genuine
            assert not told.same_file


def test_pyhanko_proves_it_from_what_it_carries_alone(hall, archive):
    """Revocation is demanded of every certificate, and only the DSS may say it (B-LT)."""
    reader = PdfFileReader(BytesIO(archive))
    assert reader.xrefs.total_revisions == 1
    (signature,) = reader.embedded_signatures
    store = DocumentSecurityStore.read_dss(reader)
    assert len(store.crls) == 1
    assert len(store.certs) >= 2
    root = asn1.Certificate.load(hall.signer.pen(ISSUER).chain[1])
    for later in (timedelta(), timedelta(days=5)):
        context = store.as_validation_context(
            {"trust_roots": [root], "allow_fetching": False, "revocation_mode": "require",
             "moment": hall.clock.now() + later}
        )  # fmt: skip
        status = validate_pdf_signature(signature, context, context)
        assert status.bottom_line, status.pretty_print_details()
        assert status.timestamp_validity.trusted
        assert status.timestamp_validity.timestamp == hall.clock.now()
        assert status.coverage.name == "ENTIRE_FILE"


@tool("pdfsig")
def test_pdfsig_accepts_it(path):
    said = ran("pdfsig", "-nocert", path).stdout.decode()
    assert "Signature is Valid" in said
    assert "Total document signed" in said


@tool("qpdf")
def test_qpdf_accepts_it(path):
    assert ran("qpdf", "--check", path).returncode == 0


@tool("openssl")
def test_openssl_accepts_timestamp_and_revocation_list(hall, archive, root, tmp_path):
    (signature,) = PdfFileReader(BytesIO(archive)).embedded_signatures
    mark = sha256(signature.signer_info["signature"].native).hexdigest()
    token = signature.signer_info["unsigned_attrs"][0]["values"][0].dump()
    (tmp_path / "token").write_bytes(token)
    at = str(int((hall.clock.now() + timedelta(days=1)).timestamp()))
    told = ran("openssl", "ts", "-verify", "-digest", mark, "-in", tmp_path / "token", "-token_in",
               "-CAfile", root, "-attime", at)  # fmt: skip
    assert b"Verification: OK" in told.stdout + told.stderr
    with hall.work() as work:
        (tmp_path / "root.crl").write_bytes(archival.revocations(work))
    told = ran("openssl", "crl", "-inform", "DER", "-in", tmp_path / "root.crl", "-noout",
               "-CAfile", root)  # fmt: skip
    assert b"verify OK" in told.stderr


def test_a_stolen_key_is_on_the_list_and_seals_no_archive(hall, license):
    with hall.work(SYSTEM) as work:
        held = hall.signer.certificates(ISSUER)
        since = hall.clock.now() - timedelta(minutes=30)
        distrust.declare(work, held, BUREAU, since=since)
        work.commit()
        told = x509.load_der_x509_crl(archival.revocations(work))
        number = x509.load_der_x509_certificate(held[0]).serial_number
        found = told.get_revoked_certificate_by_serial_number(number)
        assert found.revocation_date_utc == since
    with pytest.raises(Unavailable, match="吊销"):
        made(hall, license)
    hall.signer.renew(ISSUER)
    assert made(hall, license).startswith(b"%PDF-")


def test_others_are_refused(hall, license):
    clerk = Actor("u2", "窗口", frozenset({"clerk"}), department=BUREAU)
    foreign = Actor("u3", "审查员", frozenset({"reviewer"}), department="119901010000002388")
    for actor, refusal in ((clerk, Forbidden), (foreign, NotFound)):
        with hall.work(actor) as work, pytest.raises(refusal):
            archival.of_department(work, license.code)
    stranger = Actor("u8", "别人", frozenset({"citizen"}), person="p2")
    with hall.work(stranger) as work, pytest.raises(NotFound):
        archival.own(work, license.code)


def test_one_that_is_not_issued_has_none(hall):
    with hall.work() as work:
        planned = issuing.plan(work, order("C-9"))
        with pytest.raises((NotFound, Conflict)):
            archival.of_department(work, planned.code)


def test_a_signer_without_a_list_says_so(hall):
    hall.adapters[Signer] = object()
    with hall.work() as work, pytest.raises(Unavailable, match="证书机构"):
        archival.revocations(work)
