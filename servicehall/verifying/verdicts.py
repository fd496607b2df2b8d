"""Verdicts (核验结论): which of eight things is true of a license, said in words."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from servicehall.kernel.masking import mask
from servicehall.kernel.words import N_
from servicehall.licenses.models import License, State
from servicehall.licenses.record import Record
from servicehall.transparency import distrust


class Result(StrEnum):
    """The eight results of a verification (LICENSES.md). Never just "invalid"."""

    VALID = "valid"  # 有效
    EXPIRED = "expired"  # 不在有效期内
    SUSPENDED = "suspended"  # 暂扣
    REVOKED = "revoked"  # 撤销、吊销、注销
    SUPERSEDED = "superseded"  # 已变更
    ALTERED = "altered"  # 被改动
    UNKNOWN_ISSUER = "unknown_issuer"  # 不是我们认可的机构签发
    STATUS_STALE = "status_stale"  # 现在查不到状态


@dataclass(frozen=True, slots=True)
class Summary:
    """What anyone who verifies may see: personal data masked by the one rule."""

    identifier: str
    number: str
    version: int
    type: str
    slug: str
    issuer: str
    holder: str
    holder_code: str
    valid_from: date
    valid_to: date | None
    issued_at: datetime
    state: State | None  # None where only the file was there to be asked
    state_at: datetime
    state_law: str


@dataclass(frozen=True, slots=True)
class Showing:
    """How the license was shown: ``code`` 亮证码, ``offline`` 离线码 or ``copy`` 加注件; for what, to
    whom, until when. What is empty was not said."""

    kind: str
    until: datetime | date
    purpose: str = ""
    receiver: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may I rely on this?".

    ``genuine``: the signature holds over what was shown. ``same_file``: it is the very file the
    library holds (None where no file was shown): two different answers (RELIABILITY D10).
    ``reasons`` and ``next_step`` are sentences for people, to be translated.
    """

    result: Result
    genuine: bool
    summary: Summary | None
    same_file: bool | None
    reasons: tuple[str, ...]
    next_step: str
    showing: Showing | None = None


_SAID = {
    Result.VALID: N_("证照真实，当前有效"),
    Result.EXPIRED: N_("证照真实，但今天不在有效期内"),
    Result.SUSPENDED: N_("证照真实，但已被暂扣"),
    Result.REVOKED: N_("证照真实，但已被注销、撤销或吊销"),
    Result.SUPERSEDED: N_("证照真实，但已被新版本取代"),
    Result.ALTERED: N_("内容与签名不符"),
    Result.UNKNOWN_ISSUER: N_("不能确认是本大厅认可的机构签发的"),
    Result.STATUS_STALE: N_("签名真实，但现在查不到这份证照的状态"),
}
_NEXT = {
    Result.VALID: N_("可以采信；请同时核对持证主体是不是面前的人或单位"),
    Result.EXPIRED: N_("不要采信；请持证主体办理延续"),
    Result.SUSPENDED: N_("不要采信；如有疑问请联系颁发机构"),
    Result.REVOKED: N_("不要采信；如有疑问请联系颁发机构"),
    Result.SUPERSEDED: N_("请持证主体出示最新版本"),
    Result.ALTERED: N_("不要采信；请持证主体从“我的证照”重新下载，或输入验证码核验"),
    Result.UNKNOWN_ISSUER: N_("不要采信；请持证主体出示本大厅签发的证照，或输入验证码核验"),
    Result.STATUS_STALE: N_("请稍后再试，或输入验证码核验"),
}
_STANDING = {
    State.INTENT: Result.STATUS_STALE,
    State.SUSPENDED: Result.SUSPENDED,
    State.SUPERSEDED: Result.SUPERSEDED,
    State.CANCELLED: Result.REVOKED,
    State.REVOKED: Result.REVOKED,
}


def of_license(license: License) -> Summary:
    """What may be shown of *license* to anyone who holds it or its code."""
    said = told(license.record, license.version)
    return replace(
        said, state=license.state, state_at=license.state_at, state_law=license.state_law
    )  # fmt: skip


def told(record: Record, version: int) -> Summary:
    """What a record itself says of the license, to anyone; where it stands is not known from it."""
    return Summary(
        identifier=record.identifier,
        number=record.number,
        version=version,
        type=record.type.name,
        slug=record.type.slug,
        issuer=record.issuer.name,
        holder=mask(record.holder.name),
        holder_code=mask(record.holder.code),
        valid_from=record.valid_from,
        valid_to=record.valid_to,
        issued_at=record.issued_at,
        state=None,
        state_at=record.issued_at,
        state_law="",
    )


def standing(license: License, today: date) -> Result:
    """Where a genuine license stands today."""
    if license.state in _STANDING:
        return _STANDING[license.state]
    return Result.VALID if license.in_force(today) else Result.EXPIRED


def stolen(*, license: License | None = None, summary: Summary | None = None) -> Verdict:
    """The verdict on a signature by a key that was declared stolen, not proven to be older."""
    told = verdict(Result.UNKNOWN_ISSUER, distrust.STOLEN, license=license, summary=summary)
    return replace(told, next_step=distrust.REFRESH)


def verdict(
    result: Result,
    *reasons: str,
    license: License | None = None,
    summary: Summary | None = None,
    genuine: bool = False,
    same_file: bool | None = None,
) -> Verdict:
    """The verdict with its standard sentence first, then *reasons*."""
    shown = of_license(license) if license else summary
    said = (_SAID[result], *(reason for reason in reasons if reason))
    return Verdict(result, genuine, shown, same_file, said, _NEXT[result])
