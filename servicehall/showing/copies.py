"""Copies (加注件): a license for one purpose, one receiver and some days, signed on its own."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from servicehall.identity import policy
from servicehall.kernel.clock import local
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import rendering, wallet
from servicehall.licenses.issuing import ALPHABET
from servicehall.licenses.models import License
from servicehall.printing.fonts import cleaned, missing
from servicehall.printing.press import Press
from servicehall.showing import copyrecord, ofdface
from servicehall.showing.annotation import over
from servicehall.showing.copyrecord import CopyRecord
from servicehall.showing.models import LicenseCopy
from servicehall.signing import sealing
from servicehall.signing.signer import Issuer, Signer

MOST_DAYS, LONGEST = 180, 60  # days; characters of purpose and receiver
_CODE_LENGTH = 12


def make(
    work: UnitOfWork, license: License, *, purpose: str, receiver: str, days: int
) -> LicenseCopy:
    """Make a copy of *license*, good until *days* from today, signed by its department.

    By its holder, or by a department that may verify licenses and names itself as the receiver.
    Raises Invalid that names the field, Conflict unless the license is in force, NotFound for
    somebody else's, Unavailable. The caller commits.
    """
    _require(work, license)
    if not license.in_force(work.today()):
        raise Conflict(N_("这份证照现在不能使用，不能制作加注件"))
    purpose, receiver = _words(work, "purpose", purpose), _words(work, "receiver", receiver)
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(N_("有效天数要在 1 到 180 之间"), field="days")
    last = work.today() + timedelta(days=days)
    copy = CopyRecord(
        code=_free_code(work), receiver=receiver, JZJZZSJ=work.now().replace(microsecond=0),
        JZJZZZ=work.actor.department or "持证主体", JZJZZSY=purpose,
        JZJYXQJZSJ=min(last, license.valid_to or last), license=license.jws or "",
    )  # fmt: skip
    signed = copyrecord.sign(work.use(Signer), copy, _issuer(license), now=work.now())
    made = LicenseCopy(
        code=copy.code, license_id=license.id, party=license.party, purpose=purpose,
        receiver=receiver, made_at=copy.made_at, made_by=work.actor.id, last_day=copy.last_day,
        jws=signed,
    )  # fmt: skip
    work.session.add(made)
    work.session.flush()
    work.record(
        "license.copied", license.identifier, person=license.party, copy=copy.code, days=days
    )
    return made


def of(work: UnitOfWork, license: License) -> Sequence[LicenseCopy]:
    """Every copy of *license*, newest first."""
    query = select(LicenseCopy).filter_by(license_id=license.id).order_by(LicenseCopy.id.desc())
    return work.session.scalars(query).all()


def own(work: UnitOfWork, license: License, code: str) -> LicenseCopy:
    """The copy of *license* with this code. Raises NotFound, also for another license's."""
    found = by_code(work, code)
    if found.license_id != license.id:
        raise NotFound(N_("没有找到这份证照"))
    return found


def by_code(work: UnitOfWork, code: str) -> LicenseCopy:
    """The copy with this verification code, as it is printed on it. Raises NotFound."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    found = work.session.scalar(select(LicenseCopy).filter_by(code=plain))
    if found is None:
        raise NotFound(N_("没有找到这份证照"))
    return found


def pdf(work: UnitOfWork, made: LicenseCopy) -> bytes:
    """The copy as a PDF: the face with what it is for written over it, sealed by the department."""
    copy, record = copyrecord.verified(made.jws, work.use(Signer).anchors())
    press = work.use(Press)
    face = rendering.to_pdf(press, record, over=over(copy, press.address))
    attachment = rendering.attached(made.jws)
    return sealing.seal(
        face, work.use(Signer), _issuer(made.license), now=made.made_at, attachment=attachment
    )


def ofd(work: UnitOfWork, made: LicenseCopy) -> bytes:
    """The copy as an OFD file (GB/T 33190), its own short names beside those of the license.

    Raises Unavailable where this computer has no SM2.
    """
    copy, record = copyrecord.verified(made.jws, work.use(Signer).anchors())
    told = {
        "JZJZZSJ": local(copy.made_at).strftime("%Y-%m-%dT%H:%M:%S"), "JZJZZZ": copy.made_by,
        "JZJZZSY": copy.purpose, "JZJYXQJZSJ": copy.last_day.isoformat(),
    }  # fmt: skip
    return ofdface.drawn(
        work, record, made.jws, made=made.made_at, more=told,
        over=over(copy, work.use(Press).address),
    )  # fmt: skip


def _require(work: UnitOfWork, license: License) -> None:
    if work.actor.department:
        policy.require(work.actor, "license.verify_as_department")
    else:
        wallet.own(work, license.code)


def _words(work: UnitOfWork, field: str, text: str) -> str:
    said = cleaned(text)
    if not said:
        words = {"purpose": N_("请写明用途"), "receiver": N_("请写明给谁")}
        raise Invalid(words[field], field=field)
    if len(said) > LONGEST:
        raise Invalid(N_("最多 60 个字"), field=field)
    if lacking := missing(work.use(Press).fonts, said):
        raise Invalid(
            N_("字库里没有这些字，不能制证：%(characters)s"), characters=lacking, field=field
        )
    return said


def _free_code(work: UnitOfWork) -> str:
    """A code that neither a copy nor a license has."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(_CODE_LENGTH))
        taken = (select(kind.id).filter_by(code=code) for kind in (LicenseCopy, License))
        if all(work.session.scalar(query) is None for query in taken):
            return code


def _issuer(license: License) -> Issuer:
    department = license.record.issuer
    return Issuer(department.code, department.name)
