"""A timestamp over the signature is our authority's, to the byte, or the file is refused."""

import base64
from hashlib import sha256

import pytest

from servicehall.kernel.errors import Invalid
from servicehall.printing.press import Press, Title, printed
from servicehall.signing import archiving, cms
from servicehall.signing.adapters.authority import LocalAuthority
from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.sealing import Attachment
from servicehall.verifying import pdfcheck
from tests.licenses.conftest import FONTS
from tests.signing.conftest import SECRET

NOTE = Attachment("license.json", b"eyJ", "application/jose", "note")


@pytest.fixture
def sealed(signer, issuer, clock):
    return parts(signer, issuer, clock, LocalAuthority(signer, clock))


def parts(signer, issuer, clock, stamper):
    """The CMS of a sealed page, and the digest that it must hold."""
    page = printed(
        Press(FONTS, "http://hall.example"), Title("证照", issuer.name, "一"),
        [lambda pen: pen.text(72, 700, "证照", 20)], colour="#0b5cad",
    )  # fmt: skip
    pdf = archiving.seal(
        page, signer, stamper, issuer, clock=clock, attachment=NOTE,
        lists=(signer.revocations({}),),
    )  # fmt: skip

    found = pdfcheck.examine(pdf)
    return base64.b64decode(found["cms"]).rstrip(b"\0"), bytes.fromhex(found["digest"])


def test_it_holds_under_the_authoritys_root_and_no_other(sealed, signer, issuer, clock, tmp_path):
    content, digest = sealed
    roots, at = signer.anchors(), clock.now()
    assert cms.verified(content, digest, roots, at=at, stamping=roots).issuer == issuer
    other = SoftwareSigner(tmp_path / "other", SECRET, clock).anchors()
    with pytest.raises(Invalid):
        cms.verified(content, digest, roots, at=at, stamping=other)


def test_every_byte_of_signature_and_timestamp_counts(sealed, signer, clock):
    content, digest = sealed
    roots = signer.anchors()
    for place in range(3, len(content), 7):
        flipped = bytearray(content)
        flipped[place] ^= 1 << place % 8
        with pytest.raises(Invalid):
            cms.verified(bytes(flipped), digest, roots, at=clock.now(), stamping=roots)


def test_a_timestamp_over_something_else_is_refused(signer, issuer, clock):
    class Careless(LocalAuthority):
        def stamp(self, digest):
            return super().stamp(sha256(b"other").digest())

    content, digest = parts(signer, issuer, clock, Careless(signer, clock))
    roots = signer.anchors()
    with pytest.raises(Invalid, match="另一份内容"):
        cms.verified(content, digest, roots, at=clock.now(), stamping=roots)
