"""The sealed PDF is accepted by judges that are not our code."""

import re
import subprocess
from io import BytesIO

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader

from servicehall.printing.press import Press, Title, printed
from servicehall.signing import sealing
from servicehall.signing.sealing import Attachment, seal
from tests.licenses.conftest import FONTS, tool

NOTE = Attachment("note.txt", b"what belongs to it", "text/plain", "note")


@pytest.fixture
def path(tmp_path, signer, issuer, clock):
    page = printed(
        Press(FONTS, "http://hall.example"), Title("通知书", issuer.name, "一"),
        [lambda pen: pen.text(72, 700, "受理通知书", 20)], colour="#0b5cad",
    )  # fmt: skip
    sealed = seal(page, signer, issuer, now=clock.now(), attachment=NOTE)
    found = tmp_path / "sealed.pdf"
    found.write_bytes(sealed)
    return found


def ran(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_one_revision_one_certification_one_attachment(path):
    content = path.read_bytes()
    reader = PdfFileReader(BytesIO(content))
    assert reader.xrefs.total_revisions == 1
    (signature,) = reader.embedded_signatures
    permitted = signature.sig_object["/Reference"][0]["/TransformParams"]
    assert permitted["/P"] == 1
    assert reader.root["/Perms"]["/DocMDP"]
    names = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    assert names[1]["/EF"]["/F"].data == NOTE.content
    words = re.sub(rb"stream\r?\n.*?endstream", b"", content, flags=re.DOTALL)  # where chance rules
    for word in (b"/JS", b"/JavaScript", b"/Launch", b"/URI", b"/OpenAction", b"Helvetica"):
        assert word not in words


@pytest.mark.parametrize("size", [8, 70, 71, 72])
def test_every_part_of_the_signature_is_in_its_one_form(signer, issuer, size):
    form = sealing._form(signer.pen(issuer).chain, size)
    assert cms.ContentInfo.load(form).dump(force=True) == form


@tool("pdfsig")
def test_pdfsig_accepts_it(path):
    said = ran("pdfsig", path).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "示范市农业农村局" in said


@tool("qpdf")
def test_qpdf_accepts_it(path):
    done = ran("qpdf", "--check", path)
    assert done.returncode == 0, done.stdout + done.stderr


@tool("openssl")
def test_openssl_accepts_the_signature_and_its_chain(signer, clock, path, tmp_path):
    content = path.read_bytes()
    _, start, end, _ = PdfFileReader(BytesIO(content)).embedded_signatures[0].byte_range
    (tmp_path / "covered").write_bytes(content[:start] + content[end:])
    (tmp_path / "cms").write_bytes(bytes.fromhex(content[start + 1 : end - 1].decode()))
    root = x509.load_der_x509_certificate(signer.anchors()[0])
    (tmp_path / "root").write_bytes(root.public_bytes(Encoding.PEM))
    done = ran(
        "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", tmp_path / "cms",
        "-content", tmp_path / "covered", "-CAfile", tmp_path / "root", "-purpose", "any",
        "-attime", str(int(clock.now().timestamp())), "-out", tmp_path / "out",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
