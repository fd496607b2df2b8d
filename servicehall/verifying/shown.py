"""Shown (出示的文件): which signed record a file carries, the file's own signature proven first."""

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.licenses.record import Record, verified
from servicehall.showing import copyrecord
from servicehall.signing import cms, eseal
from servicehall.signing.certificates import UnknownIssuer
from servicehall.transparency import distrust
from servicehall.verifying.bounded import EXAMINERS
from servicehall.verifying.verdicts import Result, Verdict, stolen, verdict

LARGEST = 10 * 1024 * 1024  # bytes
_WHY = {
    "unsigned": N_("文件里没有电子签名"),
    "damaged": N_("文件不完整，或不是规范的 PDF、OFD"),
    "changed": N_("签名没有覆盖整个文件：签名之后文件被改动或附加过内容"),
    "foreign": N_("文件的结构不是本大厅签发的证照"),
}


def record_in(
    content: bytes,
    anchors: tuple[bytes, ...],
    stamping: tuple[bytes, ...],
    distrusted: Mapping[str, datetime],
) -> str | Verdict:
    """The record (compact JWS) in a PDF, an OFD file or a text, or the verdict where there is none to look at.

    Of a PDF or an OFD file the signature must cover all of it and be that of the department which
    the record names, not by a *distrusted* certificate; whether the record itself holds is for the
    caller to ask. Raises nothing, whatever the file holds: at most 10 MiB are looked at, files in
    another process; Unavailable where that one had no time to look.
    """
    if len(content) > LARGEST:
        return verdict(Result.UNKNOWN_ISSUER, N_("文件超过 10 MB，不是本大厅签发的证照"))
    if content.startswith(b"%PDF-"):
        return _in_file("pdf", content, anchors, stamping, distrusted)
    if content.startswith(b"PK\x03\x04"):
        return _in_file("ofd", content, anchors, stamping, distrusted)
    if content[:3] == b"eyJ" or content[:11] == b'{"payload":':  # compact, or with two signatures
        return content.decode("ascii", errors="replace").strip()
    reason = N_("文件是空的") if not content else N_("不是 PDF、OFD 证照、签名记录或二维码图片")
    return verdict(Result.UNKNOWN_ISSUER, reason)


def _in_file(
    kind: str, content: bytes, anchors: tuple[bytes, ...], stamping: tuple[bytes, ...],
    distrusted: Mapping[str, datetime],
) -> str | Verdict:  # fmt: skip
    found: dict[str, Any] = EXAMINERS.ask(content).get(kind, {"refused": "damaged"})
    if why := found.get("refused"):
        unsigned = why in ("unsigned", "foreign")
        return verdict(Result.UNKNOWN_ISSUER if unsigned else Result.ALTERED, _WHY[why])
    try:
        signer = (
            _sealed_by(found, anchors) if kind == "ofd" else _signed_by(found, anchors, stamping)
        )
    except UnknownIssuer as error:
        return verdict(Result.UNKNOWN_ISSUER, str(error))
    except (Invalid, ValueError) as error:
        return verdict(Result.ALTERED, str(error))
    if kind == "pdf" and distrust.fingerprint(cms.certificate(_cms(found))) in distrusted:
        return stolen()
    jws: str = found["jws"].strip()
    try:
        record = signed_in(jws, anchors)
    except Invalid:
        return jws  # and the caller finds out how it does not hold
    if signer != record.issuer.code:
        return verdict(Result.UNKNOWN_ISSUER, N_("签名的部门不是证照上的颁发机构"))
    return jws


def signed_in(text: str, anchors: tuple[bytes, ...]) -> Record:
    """The license in a signed record, its own or a copy's. Raises UnknownIssuer, Invalid."""
    if copyrecord.is_copy(text):
        return copyrecord.verified(text, anchors)[1]
    return verified(text, anchors)[0]


def _sealed_by(found: dict[str, Any], anchors: tuple[bytes, ...]) -> str:
    """The credit code of the department whose electronic seal covers the package."""
    content, sealed = (base64.b64decode(found[name]) for name in ("list", "seal"))
    return eseal.verified(sealed, content, anchors).code


def _signed_by(
    found: dict[str, Any], anchors: tuple[bytes, ...], stamping: tuple[bytes, ...]
) -> str:
    """The credit code of the department whose signature covers the file."""
    content, digest = _cms(found), bytes.fromhex(found["digest"])
    at = datetime.fromisoformat(found["at"])
    return cms.verified(content, digest, anchors, at=at, stamping=stamping).issuer.code


def _cms(found: dict[str, Any]) -> bytes:
    return base64.b64decode(found["cms"])
