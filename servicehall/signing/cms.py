"""Detached CMS signatures (RFC 5652), as PDF files carry them: checked, never made here."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from asn1crypto import cms, core, x509
from pyhanko.sign.general import check_ess_certid
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import get_signing_cert_attr, validate_sig_integrity

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.signing import certificates, timestamps
from servicehall.signing.certificates import Leaf

_SHA256 = {"algorithm": "sha256", "parameters": core.Null()}  # as pyHanko writes it
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)


def verified(
    content: bytes, digest: bytes, anchors: Iterable[bytes], *, at: datetime,
    stamping: Iterable[bytes],
) -> Leaf:  # fmt: skip
    """Who signed the *digest* (SHA-256) with the CMS *content* at the time *at*.

    Where a timestamp lies over the signature (PAdES B-T), it holds under one of *stamping*.

    One signer, ES256 fixed by us, signing-certificate-v2 present (PAdES, ETSI EN 319 142-1).
    Raises UnknownIssuer for a signer we do not believe, Invalid where anything was altered.
    """
    trusted = tuple(anchors)
    signed, signer, own = _parts(content)
    leaf = certificates.trusted(own.dump(), trusted, at=at)
    try:
        stamped = bool(signer["unsigned_attrs"])
        _refuse_other_forms(content, signed, signer, own.dump(), trusted)
        intact, valid = validate_sig_integrity(signer, own, "data", digest)
        named = get_signing_cert_attr(signer["signed_attrs"])
        bound = named is not None and check_ess_certid(own, named["certs"][0])
    except (*_BROKEN, SignatureValidationError):
        intact = valid = bound = stamped = False
    if intact and valid and bound and stamped:
        _refuse_stamp(signer, tuple(stamping))
    if not (intact and valid and bound):
        raise Invalid(N_("签名与文件内容不符，文件被改动过"))
    return leaf


def certificate(content: bytes) -> bytes:
    """The certificate (DER) that the one signer of *content* names. Raises Invalid."""
    return bytes(_parts(content)[2].dump())


def _parts(content: bytes) -> tuple[cms.SignedData, cms.SignerInfo, x509.Certificate]:
    """The one signer and the certificate it names."""
    try:
        signed = cms.ContentInfo.load(content)["content"]
        (signer,) = signed["signer_infos"]
        algorithms = (
            signer["digest_algorithm"]["algorithm"].native,
            signer["signature_algorithm"]["algorithm"].native,
        )
        if algorithms != ("sha256", "sha256_ecdsa") or not signer["signed_attrs"]:
            raise ValueError(algorithms)
        named = signer["sid"].chosen
        for choice in signed["certificates"]:
            certificate = choice.chosen
            if (certificate.issuer.dump(), certificate.serial_number) == (
                named["issuer"].dump(),
                named["serial_number"].native,
            ):
                return signed, signer, certificate
    except _BROKEN:
        pass
    raise Invalid(N_("文件里的电子签名不能读取"))


def _refuse_stamp(signer: cms.SignerInfo, stamping: tuple[bytes, ...]) -> None:
    """What is not signed is one timestamp over the signature, in its one form, and nothing else."""
    try:
        (attribute,) = signer["unsigned_attrs"]
        (token,) = attribute["values"]
        if attribute["type"].native != "signature_time_stamp_token":
            raise ValueError("another attribute")
        mark = hashlib.sha256(signer["signature"].native).digest()
        timestamps.verified(token.dump(), mark, stamping)
        plain = token.copy().dump(force=True)
    except _BROKEN:
        raise Invalid(N_("文件里的时间戳不能读取")) from None
    if plain != token.dump():
        raise Invalid(N_("文件里的时间戳被改动过"))


def _refuse_other_forms(
    content: bytes,
    signed: cms.SignedData,
    signer: cms.SignerInfo,
    leaf: bytes,
    anchors: tuple[bytes, ...],
) -> None:
    """What no signature covers (versions, lists, other certificates, the zeros behind) is as we
    write it: two files of one signature would be two licenses. Raises ValueError."""
    unsigned = signer["unsigned_attrs"]  # the timestamp of B-T
    stamp = {} if isinstance(unsigned, core.Void) else {"unsigned_attrs": unsigned}
    whole = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": {
                "version": "v1",
                "digest_algorithms": [_SHA256],
                "encap_content_info": {"content_type": "data"},
                "certificates": signed["certificates"],
                "signer_infos": [
                    {
                        "version": "v1",
                        "sid": signer["sid"],
                        "digest_algorithm": _SHA256,
                        "signed_attrs": signer["signed_attrs"],
                        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                        "signature": signer["signature"],
                        **stamp,
                    }
                ],
            },
        }
    ).dump()
    if content[: len(whole)] != whole or content[len(whole) :].strip(b"\0"):
        raise ValueError("another form")
    if any(one.chosen.dump() not in (leaf, *anchors) for one in signed["certificates"]):
        raise ValueError("a foreign certificate")
