"""Telling (证照提供): yes or no and until when; with the holder's consent also what stands in it.

Every answer is on record before it is given, and the holder sees it (谁看过我的数据).
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from servicehall.aggregating import gathered
from servicehall.aggregating.models import GatheredLicense
from servicehall.kernel.errors import Forbidden, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.lending import agreeing, inquiries, resourcing
from servicehall.lending.inquiries import Inquiry
from servicehall.licenses import library
from servicehall.licenses.models import License, normal_code
from servicehall.licenses.record import Record


@dataclass(frozen=True, slots=True)
class Shown:
    """The answer: whether a valid one is held, until when (None: without end, or none is held), how
    it came here, and, where the holder agreed, every license of the type."""

    held: bool
    valid_to: date | None
    trust: str
    consent: str  # given, asked, none
    licenses: list[dict[str, Any]] = field(default_factory=list)


def query(work: UnitOfWork, asked: Inquiry) -> Shown:
    """Whether the holder has a valid license of the type. Raises Forbidden, Invalid.

    Without consent it is yes or no and the last day, whoever asks; what is held elsewhere is told
    only where nothing was issued here.
    """
    kind = inquiries.admitted(work, asked, frozenset({resourcing.HELD, resourcing.LAST}))
    found = _found(work, asked, kind.slug)
    consent = agreeing.known(work, asked, kind.slug)
    _noted(work, asked, kind.slug, "license.inquired")
    agreed = consent is not None and consent.state == "given"
    for one in found if agreed else ():
        if isinstance(one, License):
            _noted(work, asked, one.identifier, "license.lent")
    best = next((one for one in found if one.in_force(work.today())), None)
    return Shown(
        held=best is not None, valid_to=best.valid_to if best else None,
        trust=_trust(best) if best else "", consent=consent.state if consent else "none",
        licenses=[_told(one) for one in found] if agreed else [],
    )  # fmt: skip


def file(work: UnitOfWork, asked: Inquiry) -> License:
    """The license issued here whose copy may be made for the department, now on record as shown.

    Raises Forbidden without the holder's consent in force, NotFound where none is valid.
    """
    kind = inquiries.admitted(work, asked, agreeing.SHOWN)
    consent = agreeing.known(work, asked, kind.slug)
    if consent is None or consent.state != "given":
        raise Forbidden(N_("持证主体还没有同意，请先征求同意"))
    for one in _found(work, asked, kind.slug):
        if isinstance(one, License) and one.in_force(work.today()):
            _noted(work, asked, one.identifier, "license.lent")
            return one
    raise NotFound(N_("没有找到这份证照"))


def _found(work: UnitOfWork, asked: Inquiry, slug: str) -> list[License | GatheredLicense]:
    """What is issued here, the newest first, then what came from elsewhere."""
    code = normal_code(asked.holder_code)
    issued = [one for one in library.of_holder(work, code) if one.type == slug]
    others = [one for one in gathered.of_holder(work, code) if one.type == slug]
    both: list[License | GatheredLicense] = [*issued, *others]
    return [one for one in both if asked.cert_no in ("", _number(one))]


def _noted(work: UnitOfWork, asked: Inquiry, subject: str, act: str) -> None:
    party = inquiries.party(work, asked.holder_code)
    work.record(act, subject, person=party, reason=asked.use_cause, item=asked.item_code)


def _trust(one: License | GatheredLicense) -> str:
    return one.trust.value if isinstance(one, GatheredLicense) else "A"


def _number(one: License | GatheredLicense) -> str:
    return one.number if isinstance(one, GatheredLicense) else one.serial


def _told(one: License | GatheredLicense) -> dict[str, Any]:
    """Metadata and faces of one license, as the interface names them."""
    common = {
        "state": one.state.value, "validFrom": one.valid_from.isoformat(),
        "validTo": one.valid_to.isoformat() if one.valid_to else None, "trust": _trust(one),
    }  # fmt: skip
    if isinstance(one, GatheredLicense):
        return common | {
            "certIdentifier": one.identifier, "certNo": one.number, "issuerCode": one.issuer,
            "issuerName": one.issuer_name, "holderName": one.holder_name, "faces": one.faces,
        }  # fmt: skip
    record: Record = one.record
    return common | {
        "certIdentifier": record.identifier, "certNo": record.number,
        "issuerCode": record.issuer.code, "issuerName": record.issuer.name,
        "holderName": record.holder.name, "faces": {f.code: f.value for f in record.faces},
    }  # fmt: skip
