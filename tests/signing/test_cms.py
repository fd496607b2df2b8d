"""A CMS holds for one digest, one signer, one algorithm; flipped anywhere it does not hold."""

import base64
from datetime import timedelta
from hashlib import sha256

import pytest
from asn1crypto import cms as asn1
from asn1crypto import core, tsp, x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from servicehall.kernel.errors import Invalid
from servicehall.signing import cms
from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.certificates import UnknownIssuer
from tests.signing.conftest import SECRET

DIGEST = sha256(b"content").digest()


def verified(content, digest, anchors, *, at):
    return cms.verified(content, digest, anchors, at=at, stamping=anchors)


def made(signer, issuer, *, attributes=True, digest="sha256", bind=True):
    """A CMS as PAdES wants it (RFC 5652), made by asn1crypto alone."""
    leaf = x509.Certificate.load(signer.pen(issuer).chain[0])
    named = tsp.ESSCertIDv2({"cert_hash": sha256(leaf.dump() if bind else b"").digest()})
    attrs = asn1.CMSAttributes([
        asn1.CMSAttribute({"type": "content_type", "values": ["data"]}),
        asn1.CMSAttribute({"type": "message_digest", "values": [DIGEST]}),
        asn1.CMSAttribute({"type": "signing_certificate_v2",
                           "values": [tsp.SigningCertificateV2({"certs": [named]})]}),
    ])  # fmt: skip
    signed = attrs.dump() if attributes else DIGEST
    raw = signer.pen(issuer).sign(signed)
    info = {
        "version": "v1",
        "sid": asn1.SignerIdentifier({"issuer_and_serial_number": {
            "issuer": leaf.issuer, "serial_number": leaf.serial_number}}),
        "digest_algorithm": {"algorithm": digest},
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signature": encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:])),
    }  # fmt: skip
    if attributes:
        info["signed_attrs"] = attrs
    data = asn1.SignedData({
        "version": "v1",
        "digest_algorithms": [{"algorithm": digest}],
        "encap_content_info": {"content_type": "data"},
        "certificates": [leaf],
        "signer_infos": [info],
    })  # fmt: skip
    return asn1.ContentInfo({"content_type": "signed_data", "content": data}).dump()


def test_holds_for_its_digest(signer, issuer, clock):
    content = made(signer, issuer)
    anchors = signer.anchors()
    assert verified(content, DIGEST, anchors, at=clock.now()).issuer == issuer
    with pytest.raises(Invalid):
        verified(content, sha256(b"other").digest(), anchors, at=clock.now())
    with pytest.raises(UnknownIssuer):
        verified(content, DIGEST, anchors, at=clock.now() + timedelta(days=1200))


def test_another_root_is_not_believed(signer, issuer, clock, tmp_path):
    other = SoftwareSigner(tmp_path / "other", SECRET, clock)
    with pytest.raises(UnknownIssuer):
        verified(made(other, issuer), DIGEST, signer.anchors(), at=clock.now())


@pytest.mark.parametrize("options", [{"attributes": False}, {"digest": "sha1"}, {"bind": False}])
def test_other_forms_are_refused(signer, issuer, clock, options):
    with pytest.raises(Invalid):
        verified(made(signer, issuer, **options), DIGEST, signer.anchors(), at=clock.now())


@pytest.mark.parametrize(
    "content", [b"", b"\0", b"\x30\x80", core.Integer(5).dump(), base64.b64decode("MAA=")]
)
def test_garbage_is_refused(signer, clock, content):
    with pytest.raises(Invalid):
        verified(content, DIGEST, signer.anchors(), at=clock.now())


def test_every_flipped_byte_is_refused_or_changes_nothing(signer, issuer, clock):
    """The outer version numbers and the like are not signed; what they wrap is."""
    content, anchors = made(signer, issuer), signer.anchors()
    accepted = 0
    for place in range(len(content)):
        flipped = bytearray(content)
        flipped[place] ^= 1 << place % 8
        try:
            leaf = verified(bytes(flipped), DIGEST, anchors, at=clock.now())
        except Invalid:
            continue
        assert leaf.issuer == issuer
        accepted += 1
    assert accepted < 60
