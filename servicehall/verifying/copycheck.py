"""Copy check (加注件核验): the license in a copy, and whether the copy itself is still good."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses.models import License
from servicehall.showing import copies, copyrecord
from servicehall.showing.copyrecord import CopyRecord
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.signer import Signer
from servicehall.verifying.verdicts import Result, Showing, Verdict, verdict

Says = Callable[[UnitOfWork, License], Verdict]
ABOUT = N_("这是加注件：只供下面写明的接收方用于写明的用途")
ENDED = N_("加注件已过有效期，请持证主体重新制作")


def by_code(work: UnitOfWork, code: str, says: Says) -> Verdict:
    """The copy with this code: where its license stands, and the copy. Raises NotFound."""
    made = copies.by_code(work, code)
    opened = apart(made.jws, work.use(Signer).anchors())
    if isinstance(opened, Verdict):
        return opened
    return judged(says(work, made.license), opened[0], work.today())


def apart(text: str, anchors: tuple[bytes, ...]) -> tuple[CopyRecord, str] | Verdict:
    """(copy, the license's own record) in a copy's signed record, or the verdict where it does not
    hold."""
    try:
        copy, _ = copyrecord.verified(text, anchors)
    except UnknownIssuer as error:
        return verdict(Result.UNKNOWN_ISSUER, str(error))
    except Invalid as error:
        return verdict(Result.ALTERED, str(error))
    return copy, copy.license


def judged(told: Verdict, copy: CopyRecord, today: date) -> Verdict:
    """*told* of the license, as it is true of *copy*: a good license in an ended copy has expired."""
    showing = Showing("copy", copy.last_day, copy.purpose, copy.receiver)
    if told.result is Result.VALID and today > copy.last_day:
        ended = verdict(Result.EXPIRED, ENDED, summary=told.summary, genuine=True)
        return replace(ended, showing=showing)
    return replace(told, reasons=(*told.reasons, ABOUT), showing=showing)
