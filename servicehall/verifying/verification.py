"""Verification (证照核验): by code, by signed record, by file. Whatever is shown, one of eight."""

from dataclasses import replace
from hashlib import sha256

from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library
from servicehall.licenses.models import License
from servicehall.licenses.record import TYP, Record, verified
from servicehall.showing import copyrecord
from servicehall.signing import jws
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.signer import Signer
from servicehall.signing.stamper import Stamper
from servicehall.transparency import distrust, licenselog, treeheads
from servicehall.verifying import codecheck, copycheck
from servicehall.verifying.bounded import EXAMINERS
from servicehall.verifying.shown import LARGEST, record_in
from servicehall.verifying.verdicts import Result, Verdict, standing, stolen, verdict

NOT_LOGGED = N_("签名正确，但不在公开的证照日志里，签名密钥可能被盗用，请告诉颁发机构")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def by_code(work: UnitOfWork, code: str) -> Verdict:
    """The license with this verification code, as the library holds it, or the copy of one; also
    what a holder shows to a scanner. Raises NotFound."""
    if codecheck.is_shown(code):
        return _shown(work, code)
    try:
        return of_library(work, library.by_code(work, code))
    except NotFound:
        return copycheck.by_code(work, code, of_library)


def _shown(work: UnitOfWork, text: str) -> Verdict:
    found = codecheck.shown(work, text)
    if isinstance(found, Verdict):
        return found
    license, how = found
    return replace(of_library(work, license), showing=how)


def of_library(work: UnitOfWork, license: License) -> Verdict:
    """Where *license* stands as the library holds it, its signature proven."""
    try:
        _, payload = verified(license.jws or "", work.use(Signer).anchors())
    except UnknownIssuer as error:
        return verdict(Result.UNKNOWN_ISSUER, str(error), license=license)
    except Invalid as error:
        return verdict(Result.ALTERED, str(error), license=license)
    if payload != license.payload:
        return verdict(Result.ALTERED, N_("证照库的内容与签名记录不符"), license=license)
    if _stolen(work, license.identifier, license.jws or ""):
        return stolen(license=license)
    return _listed(work, license)


def _stolen(work: UnitOfWork, identifier: str, text: str, typ: str = TYP) -> bool:
    return distrust.refused(work, identifier, text, jws.opened(text, typ=typ))


def by_record(work: UnitOfWork, text: str) -> Verdict:
    """The license that this signed record (compact JWS), its own or a copy's, is of. Raises nothing
    for bad records."""
    if copyrecord.is_copy(text):
        opened = copycheck.apart(text, work.use(Signer).anchors())
        if isinstance(opened, Verdict):
            return opened
        copy, inner = opened
        if _stolen(work, "", text.strip(), copyrecord.TYP):  # no log holds copies
            return stolen()
        return copycheck.judged(by_record(work, inner), copy, work.today())
    try:
        record, payload = verified(text.strip(), work.use(Signer).anchors())
    except UnknownIssuer as error:
        return verdict(Result.UNKNOWN_ISSUER, str(error))
    except Invalid as error:
        return verdict(Result.ALTERED, str(error))
    if _stolen(work, record.identifier, text.strip()):
        return stolen()
    return _looked_up(work, record, payload)


def by_file(work: UnitOfWork, content: bytes) -> Verdict:
    """The license that a file shows: our PDF, its record, or a picture of its QR code.

    Raises nothing, whatever the file holds: at most 10 MiB are looked at, in another process.
    Unavailable where that process had no time to look, so that nothing is said of the file.
    """
    if content.startswith(_PICTURES) and len(content) <= LARGEST:
        return _picture(work, content)
    same = library.has_file(work, sha256(content).hexdigest())
    distrusted = {} if same else distrust.listed(work)  # a file we made says what we had it say
    anchors, stamping = work.use(Signer).anchors(), work.use(Stamper).anchors()
    found = record_in(content, anchors, stamping, distrusted)
    if not content.startswith(b"%PDF-"):
        return found if isinstance(found, Verdict) else by_record(work, found)
    if isinstance(found, Verdict):
        return replace(found, same_file=same)
    told = by_record(work, found)
    if told.showing:  # a copy's file is made anew each time: there is no first one to compare with
        return told
    note = N_("签名真实，但不是本大厅发出的原文件，请持证主体重新下载")
    odd = (note,) if told.genuine and not same else ()
    return replace(told, same_file=same, reasons=(*told.reasons, *odd))


def _picture(work: UnitOfWork, content: bytes) -> Verdict:
    for text in EXAMINERS.ask(content).get("codes", []):
        if codecheck.is_shown(text) or codecheck.plain(text):
            try:
                told = by_code(work, codecheck.plain(text) or text)
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
        return _unlisted(work)
    if license.payload != payload:
        return verdict(Result.ALTERED, N_("证照库里同一标识的内容不同"), license=license)
    return _listed(work, license)


def _listed(work: UnitOfWork, license: License) -> Verdict:
    """What the public log and the library say of a license whose signature holds."""
    if licenselog.missing(work, license.identifier, license.jws or ""):
        return verdict(Result.UNKNOWN_ISSUER, NOT_LOGGED, license=license)
    return verdict(standing(license, work.today()), license=license, genuine=True)


def _unlisted(work: UnitOfWork) -> Verdict:
    """A signature that holds over a license nobody knows: a stolen key, unless the log that is kept
    outside knows of more licenses than the database (an old backup was restored)."""
    if not licenselog.begun(work) or treeheads.forgotten(work):
        return verdict(Result.STATUS_STALE, genuine=True)
    return verdict(Result.UNKNOWN_ISSUER, NOT_LOGGED)
