"""Timestamps (可信时间戳): RFC 3161 tokens, made with a key of ours and checked whoever made them."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asn1crypto import algos, cms, tsp, x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pyhanko.sign.general import as_signing_certificate_v2, check_ess_certid
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import get_signing_cert_attr, validate_sig_integrity

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.signing import certificates
from servicehall.signing.signer import Issuer, Signer

# The policy of the embedded authority, an identifier that needs no register (ITU-T X.667, 2.25).
POLICY = "2.25.211379287312014329741865420915630728401"
_SHA256 = {"algorithm": "sha256"}
_SPELLINGS = {  # SHA-256 with its parameters NULL or absent, both are to be taken (RFC 5754 2)
    bytes.fromhex("300d06096086480165030402010500"), bytes.fromhex("300b0609608648016503040201"),
}  # fmt: skip
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a token proves: that its digest was there at ``at``, as ``by`` vouches."""

    at: datetime
    by: Issuer


def made(digest: bytes, signer: Signer, issuer: Issuer, *, now: datetime) -> bytes:
    """A token over *digest* (SHA-256) signed by *issuer*, whose use is timestamping."""
    pen = signer.pen(issuer)
    certificate = x509.Certificate.load(pen.chain[0])
    info = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": {"hash_algorithm": _SHA256, "hashed_message": digest},
            "serial_number": secrets.randbits(63) | 1 << 62,
            "gen_time": now.astimezone(UTC).replace(microsecond=0),
            "accuracy": {"seconds": 1},
        }
    ).dump()
    signed = cms.CMSAttributes(
        [
            _attribute("content_type", "tst_info"),
            _attribute("message_digest", hashlib.sha256(info).digest()),
            _attribute("signing_certificate_v2", as_signing_certificate_v2(certificate)),
        ]
    )
    raw = pen.sign(signed.dump())
    mark = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    return bytes(_token(info, certificate, signed, mark).dump())


def verified(token: bytes, digest: bytes, anchors: Iterable[bytes]) -> Stamp:
    """When *digest* was stamped, and by whom. Raises UnknownIssuer for an authority we do not
    believe, Invalid where token or digest were altered.

    One signer, SHA-256 and ECDSA, its certificate named in the signed attributes (RFC 5816).
    """
    try:
        info, content, signer, certificate = _parts(token)
        at, imprint = info["gen_time"].native, info["message_imprint"]
        form = (info["version"].native, imprint["hash_algorithm"]["algorithm"].native)
    except _BROKEN:
        raise Invalid(N_("时间戳不能读取，内容被改动过")) from None
    leaf = certificates.trusted(certificate.dump(), anchors, at=at, use="timestamping")
    if form != ("v1", "sha256") or not _holds(content, signer, certificate):
        raise Invalid(N_("时间戳的签名与内容不符，时间戳被改动过"))
    if not hmac.compare_digest(imprint["hashed_message"].native, digest):
        raise Invalid(N_("时间戳是给另一份内容加盖的"))
    return Stamp(at, leaf.issuer)


def _token(
    info: bytes, certificate: x509.Certificate, signed: cms.CMSAttributes, mark: bytes
) -> cms.ContentInfo:
    named = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": named}),
            "digest_algorithm": algos.DigestAlgorithm(_SHA256),
            "signed_attrs": signed,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": mark,
        }
    )
    data = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [algos.DigestAlgorithm(_SHA256)],
            "encap_content_info": {
                "content_type": "tst_info", "content": cms.ParsableOctetString(info),
            },
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )  # fmt: skip
    return cms.ContentInfo({"content_type": "signed_data", "content": data})


def _attribute(kind: str, value: Any) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": cms.CMSAttributeType(kind), "values": (value,)})


def _parts(token: bytes) -> tuple[Any, bytes, cms.SignerInfo, x509.Certificate]:
    """What is stamped, its bytes, the one signer and the certificate it names."""
    outer = cms.ContentInfo.load(token, strict=True)
    data = outer["content"]
    (signer,) = data["signer_infos"]
    named = signer["sid"].chosen
    if (outer["content_type"].native, data["version"].native) != ("signed_data", "v3"):
        raise ValueError("another kind of content")
    if not all(one.dump() in _SPELLINGS for one in data["digest_algorithms"]):
        raise ValueError("another digest")
    (certificate,) = (
        choice.chosen for choice in data["certificates"]
        if choice.chosen.issuer.dump() == named["issuer"].dump()  # equal names may differ in case
        and choice.chosen.serial_number == named["serial_number"].native
    )  # fmt: skip
    held = data["encap_content_info"]
    if held["content_type"].native != "tst_info":
        raise ValueError("no timestamp")
    return held["content"].parsed, bytes(held["content"]), signer, certificate


def _holds(content: bytes, signer: cms.SignerInfo, certificate: x509.Certificate) -> bool:
    try:
        algorithms = (
            signer["version"].native,
            signer["digest_algorithm"].dump() in _SPELLINGS,
            signer["signature_algorithm"]["algorithm"].native,
        )
        if algorithms != ("v1", True, "sha256_ecdsa") or signer["unsigned_attrs"]:
            return False
        intact, valid = validate_sig_integrity(
            signer, certificate, "tst_info", hashlib.sha256(content).digest()
        )
        named = get_signing_cert_attr(signer["signed_attrs"])
        bound = named is not None and check_ess_certid(certificate, named["certs"][0])
    except (*_BROKEN, SignatureValidationError):
        return False
    return bool(intact and valid and bound)
