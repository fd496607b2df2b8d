"""Offline (离线核验): a license proven with nothing but its file, our root and a status list."""

from datetime import datetime

from servicehall.kernel.clock import local_date
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.licenses import identifiers, statuslist
from servicehall.licenses.record import Record, verified
from servicehall.signing.certificates import UnknownIssuer
from servicehall.verifying.shown import record_in
from servicehall.verifying.verdicts import Result, Verdict, told, verdict

_STANDING = {
    statuslist.INVALID: Result.REVOKED, statuslist.SUSPENDED: Result.SUSPENDED,
    statuslist.SUPERSEDED: Result.SUPERSEDED,
}  # fmt: skip


def by_file(
    content: bytes, anchors: tuple[bytes, ...], *, token: str | None, at: datetime
) -> Verdict:
    """Which of the eight is true of what *content* shows, as far as can be told without the hall.

    *token* is the status list as it was fetched (``/status/1``); without one, or with an old one,
    a genuine license in its dates is STATUS_STALE: nobody knows whether it still stands.
    """
    found = record_in(content, anchors)
    if isinstance(found, Verdict):
        return found
    try:
        record, _ = verified(found, anchors)
    except UnknownIssuer as error:
        return verdict(Result.UNKNOWN_ISSUER, str(error))
    except Invalid as error:
        return verdict(Result.ALTERED, str(error))
    return _standing(record, anchors, token, at)


def _standing(
    record: Record, anchors: tuple[bytes, ...], token: str | None, at: datetime
) -> Verdict:
    summary = told(record, identifiers.parse(record.identifier).version)
    if token is None:
        why = N_("没有状态列表，只能证明签名真实")
        return verdict(Result.STATUS_STALE, why, summary=summary, genuine=True)
    try:
        status = statuslist.status(
            token.strip(), record.status.index, of=record.status.uri, anchors=anchors, at=at
        )
    except Invalid as error:
        return verdict(Result.STATUS_STALE, str(error), summary=summary, genuine=True)
    return verdict(_result(record, status, at), summary=summary, genuine=True)


def _result(record: Record, status: int, at: datetime) -> Result:
    if status in _STANDING:
        return _STANDING[status]
    today = local_date(at)
    in_dates = record.valid_from <= today and (record.valid_to is None or today <= record.valid_to)
    return Result.VALID if in_dates else Result.EXPIRED
