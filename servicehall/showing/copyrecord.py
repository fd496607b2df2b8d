"""The record of a copy (加注件记录): for whom, for what and until when, round the license's own record."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from servicehall.kernel import jcs
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.licenses import record
from servicehall.licenses.record import Record
from servicehall.signing import jws
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.signer import Issuer, Signer

TYP = "license-copy+jwt"


class CopyRecord(BaseModel):
    """A copy as it is signed; the short names are those of GB/T 36903 (STANDARDS 3.3)."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    version: Literal[1] = 1
    code: str
    receiver: str
    made_at: AwareDatetime = Field(alias="JZJZZSJ")
    made_by: str = Field(alias="JZJZZZ")
    purpose: str = Field(alias="JZJZZSY")
    last_day: date = Field(alias="JZJYXQJZSJ")
    license: str  # the signed record, whole

    def canonical(self) -> bytes:
        """The bytes to be signed (RFC 8785)."""
        return jcs.canonical(self.model_dump(mode="json", by_alias=True))


def sign(signer: Signer, copy: CopyRecord, issuer: Issuer, *, now: datetime) -> str:
    """The compact JWS by the department that gave the license."""
    return jws.seal(signer, issuer, copy.canonical(), typ=TYP, now=now)


def is_copy(text: str) -> bool:
    """Whether *text* has the form of a copy's record; nothing is believed yet."""
    try:
        jws.opened(text.strip(), typ=TYP)
    except Invalid:
        return False
    return True


def verified(text: str, anchors: Iterable[bytes]) -> tuple[CopyRecord, Record]:
    """The copy and the license in it, both proven, both by the department that gave the license.

    Raises UnknownIssuer, Invalid as ``licenses.record.verified`` does.
    """
    held = tuple(anchors)
    envelope = jws.opened(text.strip(), typ=TYP)
    leaf = envelope.verify(held)
    copy = _parsed(envelope.payload)
    inner, _ = record.verified(copy.license, held)
    if leaf.issuer.code != inner.issuer.code:
        raise UnknownIssuer(N_("签名的部门不是证照上的颁发机构"))
    return copy, inner


def _parsed(payload: bytes) -> CopyRecord:
    try:
        copy = CopyRecord.model_validate_json(payload)
        if copy.canonical() == payload:
            return copy
    except (ValidationError, ValueError):
        pass
    raise Invalid(N_("加注件的内容不完整或格式不正确"))
