"""Code check (码核验): what a holder holds up to a scanner: show codes and offline codes."""

import re
from datetime import datetime

from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.masking import mask
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library, statuslist
from servicehall.licenses.models import License
from servicehall.showing import offlinecode, showcode
from servicehall.showing.offlinecode import Carried
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.signer import Signer
from servicehall.verifying.verdicts import Result, Showing, Summary, Verdict, verdict

_ADDRESS = re.compile(r"(?:.*/verify/)?([0-9A-Za-z-]{12,19})/?")


def plain(text: str) -> str:
    """The verification code in *text*, which may be an address that leads to it; "" for others."""
    found = _ADDRESS.fullmatch(text.strip())
    return found[1] if found else ""


def is_shown(text: str) -> bool:
    """Whether *text* is for scanners only: a show code or an offline code."""
    return text.startswith(offlinecode.PREFIX) or showcode.looks_like(text)


def shown(work: UnitOfWork, text: str) -> tuple[License, Showing] | Verdict:
    """The license that a code shows and how, or the verdict where the code does not hold."""
    try:
        if text.startswith(offlinecode.PREFIX):
            return _carried(work, text.strip())
        license, purpose = showcode.read(work, text)
    except UnknownIssuer as error:
        return verdict(Result.UNKNOWN_ISSUER, str(error))
    except (Invalid, NotFound) as error:
        return verdict(Result.ALTERED, str(error))
    return license, Showing("code", work.now() + showcode.LASTS, showcode.PURPOSES[purpose])


def _carried(work: UnitOfWork, text: str) -> tuple[License, Showing] | Verdict:
    signer = work.use(Signer)
    carried = proven(text, signer.pen(statuslist.QR).chain[:1], signer.anchors())
    until = carried.at + offlinecode.LASTS
    if work.now() > until:
        return too_old(carried)
    license = library.by_identifier(work, str(carried.identifier))
    if not offlinecode.agrees(carried, license.record):
        raise Invalid(N_("证照库里同一标识的内容不同"))
    return license, Showing("offline", until)


def proven(text: str, signers: tuple[bytes, ...], anchors: tuple[bytes, ...]) -> Carried:
    """What an offline code says, signed by the hall's service for them, one of *signers*.

    Raises Invalid for what is none or was altered, UnknownIssuer for another signer.
    """
    sealed, carried = offlinecode.opened(text)
    if sealed.verify(signers, anchors, at=carried.at).code != statuslist.QR.code:
        raise UnknownIssuer(N_("签名的不是大厅的离线码服务"))
    return carried


def too_old(carried: Carried) -> Verdict:
    """The verdict on a code that its holder must draw anew."""
    why = N_("离线码已经超过 30 天，请持证主体重新出示")
    return verdict(Result.EXPIRED, why, summary=summary(carried), genuine=True)


def without_hall(
    text: str, anchors: tuple[bytes, ...], token: str | None, at: datetime
) -> Carried | Verdict:
    """What an offline code says, with nothing but our root and the list *token*, which brings the
    certificate of the code's signer; a verdict where it does not hold."""
    try:
        signers = statuslist.qr_signers(token.strip(), anchors) if token else ()
        carried = proven(text.strip(), signers, anchors)
    except UnknownIssuer as error:
        return verdict(Result.UNKNOWN_ISSUER, str(error))
    except Invalid as error:
        return verdict(Result.ALTERED, str(error))
    return too_old(carried) if at > carried.at + offlinecode.LASTS else carried


def summary(carried: Carried) -> Summary:
    """What may be shown of it: the holder's name masked as everywhere."""
    return Summary(
        identifier=str(carried.identifier), number=carried.identifier.serial,
        version=carried.identifier.version, type=carried.type, slug="", issuer=carried.issuer,
        holder=mask(carried.holder), holder_code=carried.holder_code,
        valid_from=carried.valid_from, valid_to=carried.valid_to, issued_at=carried.at,
        state=None, state_at=carried.at, state_law="",
    )  # fmt: skip
