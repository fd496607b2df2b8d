"""The offline code (离线码): a signed summary of a license in one QR code, proven without a network.

``LC1:`` and base45 of a COSE_Sign1 over a CBOR map of small numbers. It says what the license says,
the identity number masked; who holds it must be looked at, and where it stands asked of a list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import cbor2

from servicehall.kernel import base45
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.masking import mask
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import identifiers, statuslist, wallet
from servicehall.licenses.identifiers import Identifier
from servicehall.licenses.models import License
from servicehall.licenses.record import Record
from servicehall.signing import cose
from servicehall.signing.signer import Signer

PREFIX = "LC1:"
LASTS = timedelta(days=30)  # then the holder draws a new one
LONGEST = 16  # characters of a name
_DAY_ONE = date(1970, 1, 1)
_NAME, _HOLDER, _CODE, _ISSUER, _FROM, _TO, _PLACE, _AT, _ID = range(9)


@dataclass(frozen=True, slots=True)
class Carried:
    """What an offline code says; ``holder_code`` is masked, names may end in ``…``."""

    identifier: Identifier
    type: str
    holder: str
    holder_code: str
    issuer: str
    valid_from: date
    valid_to: date | None
    place: int
    at: datetime


def text(work: UnitOfWork, license: License) -> str:
    """The code of the actor's own *license*, signed now. Raises NotFound, Conflict, Unavailable."""
    wallet.own(work, license.code)
    if not license.in_force(work.today()):
        raise Conflict(N_("这份证照现在不能使用，不能出示"))
    payload = cbor2.dumps(_said(license.record, work.now()), canonical=True)
    sealed = cose.seal(work.use(Signer), statuslist.QR, payload)
    return PREFIX + base45.encoded(sealed)


def opened(code: str) -> tuple[cose.Sealed, Carried]:
    """*code* taken apart, nothing in it believed yet. Raises Invalid."""
    sealed = cose.opened(base45.decoded(code.removeprefix(PREFIX)))
    return sealed, _read(cose.fields(sealed.payload))


def agrees(carried: Carried, record: Record) -> bool:
    """Whether *carried* says what *record* says."""
    return _read(_said(record, carried.at)) == carried


def _said(record: Record, at: datetime) -> dict[int, Any]:
    identifier = identifiers.parse(record.identifier)
    body = f"{identifier.type}{identifier.issuer}{identifier.serial}{identifier.version:03}"
    told = {
        _ID: body, _NAME: _short(record.type.name), _HOLDER: _short(record.holder.name),
        _CODE: mask(record.holder.code), _ISSUER: _short(record.issuer.name),
        _FROM: (record.valid_from - _DAY_ONE).days, _PLACE: record.status.index,
        _AT: int(at.timestamp()),
    }  # fmt: skip
    if record.valid_to is not None:
        told[_TO] = (record.valid_to - _DAY_ONE).days
    return told


def _read(told: Mapping[Any, Any]) -> Carried:
    try:
        body, last = str(told[_ID]), told.get(_TO)
        identifier = Identifier(body[:21], body[21:39], body[39:-3], int(body[-3:]))
        return Carried(
            identifiers.parse(str(identifier)), str(told[_NAME]), str(told[_HOLDER]),
            str(told[_CODE]), str(told[_ISSUER]), _day(told[_FROM]),
            None if last is None else _day(last), int(told[_PLACE]),
            datetime.fromtimestamp(int(told[_AT]), UTC),
        )  # fmt: skip
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        raise Invalid(N_("二维码的内容不能读取")) from None


def _day(number: int) -> date:
    return _DAY_ONE + timedelta(days=number)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
