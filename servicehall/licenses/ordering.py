"""Orders (制证单): what a caller wants issued, checked and turned into the lines of a face."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from servicehall.kernel import codes
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.licenses.models import License, normal_code
from servicehall.licenses.record import Evidence, FaceValue, Holder
from servicehall.licenses.schema import Face, LicenseType
from servicehall.printing.fonts import cleaned

LONGEST, LARGEST = 500, 2000  # characters of one face and of all: what one page can hold


@dataclass(frozen=True, slots=True)
class IssueOrder:
    """One license to be issued (制证单).

    ``key`` is the case number: the same key always yields the same license. ``faces`` hold values
    by face code: dates as ISO 8601 or ``date``, money in fen. ``party`` is whom it concerns on the
    audit record (``person:…``, ``org:…``). ``renews`` is the license that this one replaces
    (变更、延续): it keeps the serial, with the next version. ``valid_to`` is for the rare type
    whose end is not a matter of months; else the type says.
    """

    key: str
    type: LicenseType
    holder: Holder
    faces: Mapping[str, str | int | date]
    party: str = ""
    evidence: Sequence[Evidence] = field(default=())
    valid_from: date | None = None
    valid_to: date | None = None
    renews: License | None = None


def filled(order: IssueOrder, *, today: date) -> tuple[FaceValue, ...]:
    """The faces as they will be signed, in the order of the type.

    Raises Invalid that names the face: missing though required, unknown, malformed, too long.
    """
    given, room, values = order.faces, LARGEST, []
    for face in order.type.faces:
        value = given.get(face.code)
        text = "" if value is None else cleaned(str(value))
        if len(text) > LONGEST:
            raise Invalid(N_("照面字段太长：%(name)s"), name=face.name, field=face.code)
        if text and face.kind != "text":
            text = _checked(face, text, today)
        if not text and face.required:
            raise Invalid(N_("照面字段没有填写：%(name)s"), name=face.name, field=face.code)
        values.append(FaceValue(face.code, face.kind, face.name, text))
        room -= len(text)
    if not given.keys() <= order.type.face_codes:
        first = min(given.keys() - order.type.face_codes)
        raise Invalid(N_("证照类型没有这个照面字段：%(name)s"), name=first, field=first)
    if room < 0:
        raise Invalid(N_("照面内容太长，一页放不下"))
    return tuple(values)


def holder_of(order: IssueOrder) -> Holder:
    """Whom the record names: code and name in their one spelling."""
    told = order.holder
    return Holder(kind=told.kind, code=normal_code(told.code), name=cleaned(told.name))


def last_day(order: IssueOrder, first: date) -> date | None:
    """The last day of validity: the type's months, less one day; None for 长期."""
    if order.valid_to is not None or order.type.valid_months is None:
        return order.valid_to
    return _after(first, order.type.valid_months)


@lru_cache(maxsize=64)  # a batch begins on one day
def _after(first: date, many: int) -> date:
    """The last of so *many* months from *first* on."""
    months = first.month - 1 + many
    year, month = first.year + months // 12, months % 12 + 1
    longest = monthrange(year, month)[1]
    if first.day > longest:
        return date(year, month, longest)
    return date(year, month, first.day) - timedelta(days=1)


def _checked(face: Face, text: str, today: date) -> str:
    try:
        match face.kind:
            case "date":
                return date.fromisoformat(text).isoformat()
            case "money":
                return str(_fen(text))
            case "citizen_number":
                return codes.citizen_number(text, today=today)
            case "uscc":
                return codes.uscc(text)
            case _:
                return text
    except (ValueError, Invalid):
        raise Invalid(N_("照面字段格式不正确：%(name)s"), name=face.name, field=face.code) from None


def _fen(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)
