"""Rows (归集数据): one license in the metadata of GB/T 36903, checked field by field.

Short names as production systems write them (STANDARDS 3.3): ZZLXDM type, ZZBS identifier, ZZBH
number, ZZBFJGDM and ZZBFJG issuer, ZZBFRQ issued on, CZZTDM, CZZTDMLXDM and CZZT holder, ZZYXQQSRQ
and ZZYXQJZRQ validity, KZ_… the faces. Ours beside them: ZZZT state, XZQHDM region, WJ the file's
name, QMJL the signed record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from servicehall.kernel import codes
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.licenses import identifiers
from servicehall.licenses.models import State, normal_code
from servicehall.licenses.schema import LicenseType

STATES: Final = {
    "": State.VALID, "有效": State.VALID, "01": State.VALID, "暂扣": State.SUSPENDED,
    "02": State.SUSPENDED, "撤销": State.REVOKED, "03": State.REVOKED, "吊销": State.REVOKED,
    "07": State.REVOKED, "注销": State.CANCELLED, "04": State.CANCELLED,
    "变更": State.SUPERSEDED,
}  # fmt: skip
HOLDER_TYPES: Final = {  # 持证主体代码类型 (GB/T 36903 annex A)
    "organization": frozenset({"001", "099"}),
    "person": frozenset({"111", "114", "115", "118", "119", "120", "122", "411", "412", "413",
                         "414", "511", "516", "999"}),
}  # fmt: skip
WITHOUT_END: Final = frozenset({"长期", "9999-12-31", "99991231"})
LONGEST: Final = 128


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says, each value in its form."""

    kind: LicenseType
    identifier: str
    number: str
    issuer: str
    issuer_name: str
    region: str
    holder_type: str
    holder_code: str
    holder_name: str
    faces: dict[str, str]
    issued_on: date
    valid_from: date
    valid_to: date | None
    state: State
    file: str
    record: str

    @property
    def key(self) -> str:
        """What names the license at its source."""
        return self.identifier or "|".join((self.kind.code, self.issuer, self.number))


def read(row: Mapping[str, Any], types: Mapping[str, LicenseType], today: date) -> Row:
    """The license that *row* describes; *types* by type code. Raises Invalid naming the field."""
    kind = types.get(_text(row, "ZZLXDM"))
    if kind is None:
        raise Invalid(N_("证照类型目录里没有这个类型代码"), field="ZZLXDM")
    issuer = _of("ZZBFJGDM", codes.uscc, _text(row, "ZZBFJGDM"))
    holder_type, holder_code = _holder(row, kind, today)
    issued = _day(row, "ZZBFRQ")
    first, last = _day(row, "ZZYXQQSRQ", issued), _last(row)
    if last is not None and last < first:
        raise Invalid(N_("有效期止早于有效期起"), field="ZZYXQJZRQ")
    state = STATES.get(_text(row, "ZZZT"))
    if state is None:
        raise Invalid(N_("没有这种证照状态"), field="ZZZT")
    return Row(
        kind=kind, identifier=_identifier(row, kind, issuer), number=_needed(row, "ZZBH"),
        issuer=issuer, issuer_name=_needed(row, "ZZBFJG"),
        region=_text(row, "XZQHDM") or issuer[2:8], holder_type=holder_type,
        holder_code=holder_code, holder_name=_needed(row, "CZZT"), faces=_faces(row, kind),
        issued_on=issued, valid_from=first, valid_to=last, state=state,
        file=_text(row, "WJ"), record=_text(row, "QMJL", most=200_000),
    )  # fmt: skip


def _holder(row: Mapping[str, Any], kind: LicenseType, today: date) -> tuple[str, str]:
    told = _text(row, "CZZTDMLXDM") or ("111" if kind.holders == "person" else "001")
    if told not in HOLDER_TYPES[kind.holders]:
        raise Invalid(N_("持证主体的代码类型与证照类型不符"), field="CZZTDMLXDM")
    code = normal_code(_needed(row, "CZZTDM"))
    if told == "111":
        code = _of("CZZTDM", lambda text: codes.citizen_number(text, today=today), code)
    if told == "001":
        code = _of("CZZTDM", codes.uscc, code)
    return told, code


def _identifier(row: Mapping[str, Any], kind: LicenseType, issuer: str) -> str:
    text = _text(row, "ZZBS")
    if text:
        told = _of("ZZBS", lambda text: identifiers.parse(text), text)
        if (told.type, told.issuer) != (kind.code, issuer):
            raise Invalid(N_("电子证照标识里的类型或颁发机构与本行不符"), field="ZZBS")
    return text


def _faces(row: Mapping[str, Any], kind: LicenseType) -> dict[str, str]:
    """Every KZ_ field under the code of the face it names, or under its own name."""
    codes_of = {spelt.casefold(): f.code for f in kind.faces for spelt in (f.code, f.name)}
    named = [(name.removeprefix("KZ_"), name) for name in row if name.startswith("KZ_")]
    if any(len(short) > LONGEST or not short.isprintable() for short, _ in named):
        raise Invalid(N_("太长，或者有不能显示的字符"), field="KZ_")
    return {
        codes_of.get(short.casefold(), short): _text(row, name, most=2000)
        for short, name in sorted(named)
    }


def _last(row: Mapping[str, Any]) -> date | None:
    text = _text(row, "ZZYXQJZRQ")
    return None if not text or text in WITHOUT_END else _day(row, "ZZYXQJZRQ")


def _day(row: Mapping[str, Any], name: str, default: date | None = None) -> date:
    text = _text(row, name)
    if not text and default is not None:
        return default
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(N_("应为日期，例如 2026-01-31"), field=name) from None


def _needed(row: Mapping[str, Any], name: str) -> str:
    if not (text := _text(row, name)):
        raise Invalid(N_("请填写这一项"), field=name)
    return text


def _text(row: Mapping[str, Any], name: str, *, most: int = LONGEST) -> str:
    value = row.get(name)
    text = "" if value is None else str(value).strip()
    if len(text) > most or not all(c.isprintable() for c in text):
        raise Invalid(N_("太长，或者有不能显示的字符"), field=name)
    return text


def _of(name: str, check: Any, text: str) -> Any:
    """*text* as *check* makes it. Raises Invalid naming the field."""
    try:
        return check(text)
    except Invalid as error:
        raise Invalid(error.message, field=name, **error.params) from None
