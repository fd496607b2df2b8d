"""Verification (证照核验): by code, by signed record, by file. Whatever is shown, one of eight."""

import base64
import re
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library
from servicehall.licenses.bounded import EXAMINERS
from servicehall.licenses.record import TYP, Record, parse, verified
from servicehall.licenses.verdicts import Result, Verdict, standing, verdict
from servicehall.signing import cms
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.jws import opened
from servicehall.signing.signer import Signer

LARGEST = 10 * 1024 * 1024  # bytes
_CODE = re.compile(r"(?:.*/verify/)?([0-9A-Za-z-]{12,19})/?")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_WHY = {
    "unsigned": N_("文件里没有电子签名"),
    "damaged": N_("文件不完整或不是规范的 PDF"),
    "changed": N_("签名没有覆盖整个文件：签名之后文件被改动或附加过内容"),
    "foreign": N_("文件的结构不是本大厅签发的证照"),
}


def by_code(work: UnitOfWork, code: str) -> Verdict:
    """The license with this verification code, as the library holds it. Raises NotFound."""
    license = library.by_code(work, code)
    try:
        _, payload = verified(license.jws or "", work.use(Signer).anchors())
    except UnknownIssuer as error:
        return verdict(Result.UNKNOWN_ISSUER, str(error), license=license)
    except Invalid as error:
        return verdict(Result.ALTERED, str(error), license=license)
    if payload != license.payload:
        return verdict(Result.ALTERED, N_("证照库的内容与签名记录不符"), license=license)
    return verdict(standing(license, work.today()), license=license, genuine=True)


def by_record(work: UnitOfWork, jws: str) -> Verdict:
    """The license that this signed record (compact JWS) is of. Raises nothing for bad records."""
    try:
        record, payload = verified(jws.strip(), work.use(Signer).anchors())
    except UnknownIssuer as error:
        return verdict(Result.UNKNOWN_ISSUER, str(error))
    except Invalid as error:
        return verdict(Result.ALTERED, str(error))
    return _looked_up(work, record, payload)


def by_file(work: UnitOfWork, content: bytes) -> Verdict:
    """The license that a file shows: our PDF, its record, or a picture of its QR code.

    Raises nothing, whatever the file holds: at most 10 MiB are looked at, in another process.
    """
    if len(content) > LARGEST:
        return verdict(Result.UNKNOWN_ISSUER, N_("文件超过 10 MB，不是本大厅签发的证照"))
    if content.startswith(b"%PDF-"):
        return _pdf(work, content)
    if content.startswith(_PICTURES):
        return _picture(work, content)
    if content[:3] == b"eyJ":  # how every JWS begins: {"
        return by_record(work, content.decode("ascii", errors="replace"))
    reason = N_("文件是空的") if not content else N_("不是 PDF 证照、签名记录或二维码图片")
    return verdict(Result.UNKNOWN_ISSUER, reason)


def _pdf(work: UnitOfWork, content: bytes) -> Verdict:
    found: dict[str, Any] = EXAMINERS.ask(content).get("pdf", {"refused": "damaged"})
    if why := found.get("refused"):
        unsigned = why in ("unsigned", "foreign")
        result = Result.UNKNOWN_ISSUER if unsigned else Result.ALTERED
        return verdict(result, _WHY[why], same_file=False)
    same = library.has_file(work, sha256(content).hexdigest())
    try:
        signer = _signed_by(work, found)
    except UnknownIssuer as error:
        return verdict(Result.UNKNOWN_ISSUER, str(error), same_file=same)
    except (Invalid, ValueError) as error:
        return verdict(Result.ALTERED, str(error), same_file=same)
    told = by_record(work, found["jws"])
    if told.genuine and signer != _named(found["jws"]):
        why = N_("签名的部门不是证照上的颁发机构")
        return verdict(Result.UNKNOWN_ISSUER, why, same_file=same)
    note = N_("签名真实，但不是本大厅发出的原文件，请持证主体重新下载")
    odd = (note,) if told.genuine and not same else ()
    return replace(told, same_file=same, reasons=(*told.reasons, *odd))


def _signed_by(work: UnitOfWork, found: dict[str, Any]) -> str:
    """The credit code of the department whose signature covers the file."""
    content, digest = base64.b64decode(found["cms"]), bytes.fromhex(found["digest"])
    at = datetime.fromisoformat(found["at"])
    return cms.verified(content, digest, work.use(Signer).anchors(), at=at).issuer.code


def _named(jws: str) -> str:
    """The credit code of the department that a genuine record names."""
    return parse(opened(jws.strip(), typ=TYP).payload).issuer.code


def _picture(work: UnitOfWork, content: bytes) -> Verdict:
    for text in EXAMINERS.ask(content).get("codes", []):
        if code := _CODE.fullmatch(text):
            try:
                told = by_code(work, code[1])
            except NotFound:
                continue
            note = N_("只核对了二维码，没有核对图片上的文字，请以下面的信息为准")
            return replace(told, reasons=(*told.reasons, note))
    return verdict(Result.UNKNOWN_ISSUER, N_("图片里没有本大厅证照的二维码"))


def _looked_up(work: UnitOfWork, record: Record, payload: bytes) -> Verdict:
    """What the library says of a record whose signature holds."""
    try:
        license = library.by_identifier(work, record.identifier)
    except NotFound:
        return verdict(Result.STATUS_STALE, genuine=True)
    if license.payload != payload:
        return verdict(Result.ALTERED, N_("证照库里同一标识的内容不同"), license=license)
    return verdict(standing(license, work.today()), license=license, genuine=True)
