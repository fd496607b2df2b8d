"""Offline (离线核验): a license proven with nothing but its file, our root and a status list."""

from dataclasses import replace
from datetime import datetime

from servicehall.kernel.clock import local, local_date
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.licenses import identifiers, statuslist
from servicehall.licenses.record import TYP, Status, verified
from servicehall.showing import copyrecord, offlinecode
from servicehall.signing import jws
from servicehall.signing.certificates import UnknownIssuer
from servicehall.transparency import distrust, treeheads
from servicehall.verifying import codecheck, copycheck
from servicehall.verifying.shown import record_in
from servicehall.verifying.verdicts import Result, Showing, Summary, Verdict, stolen, told, verdict

UNPROVEN = N_("没有带证照日志的证明，不能排除签名密钥被盗用")
_STANDING = {
    statuslist.INVALID: Result.REVOKED, statuslist.SUSPENDED: Result.SUSPENDED,
    statuslist.SUPERSEDED: Result.SUPERSEDED,
}  # fmt: skip


def by_file(
    content: bytes,
    anchors: tuple[bytes, ...],
    *,
    token: str | None,
    at: datetime,
    proof: str | None = None,
    stamping: tuple[bytes, ...] = (),
) -> Verdict:
    """Which of the eight is true of what *content* shows, as far as can be told without the hall.

    *token* is the status list as it was fetched (``/status/1``); without one, or with an old one,
    a genuine license in its dates is STATUS_STALE: nobody knows whether it still stands. *proof* is
    that of the public log (``/verify/<code>/proof.json``), timestamped by an authority under
    *stamping*: without one a stolen key cannot be ruled out, and that is said. Raises Unavailable
    where this computer was too busy to look at the file.
    """
    if content.startswith(offlinecode.PREFIX.encode()):
        return _carried(content.decode("ascii", errors="replace"), anchors, token, at)
    distrusted = _distrusted(token, anchors)
    found = record_in(content, anchors, stamping or anchors, distrusted)
    if isinstance(found, Verdict):
        return found
    if copyrecord.is_copy(found):
        opened = copycheck.apart(found, anchors)
        if isinstance(opened, Verdict):
            return opened
        copy, inner = opened
        if distrust.since(jws.opened(found, typ=copyrecord.TYP), distrusted):
            return stolen()
        return copycheck.judged(
            _record(inner, anchors, token, at, proof, stamping), copy, local_date(at)
        )
    return _record(found, anchors, token, at, proof, stamping)


def _distrusted(token: str | None, anchors: tuple[bytes, ...]) -> dict[str, datetime]:
    """The stolen keys that the list knows of; an old list knows of those of its day."""
    try:
        return statuslist.distrusted(token.strip(), anchors) if token else {}
    except Invalid:  # and the verdict says that it is no list
        return {}


def _record(
    text: str, anchors: tuple[bytes, ...], token: str | None, at: datetime, proof: str | None,
    stamping: tuple[bytes, ...],
) -> Verdict:  # fmt: skip
    """What is true of the license's own record, the log's *proof* of it held to it."""
    try:
        record, _ = verified(text, anchors)
    except UnknownIssuer as error:
        return verdict(Result.UNKNOWN_ISSUER, str(error))
    except Invalid as error:
        return verdict(Result.ALTERED, str(error))
    summary = told(record, identifiers.parse(record.identifier).version)
    told_ = _standing(summary, record.status, anchors, token, at)
    since = distrust.since(jws.opened(text, typ=TYP), _distrusted(token, anchors))
    if proof is None and since:
        return stolen(summary=summary)
    if proof is None:
        return replace(told_, reasons=(*told_.reasons, UNPROVEN))
    try:
        logged = treeheads.verified(proof, text, anchors, stamping or anchors)
    except Invalid as error:
        return verdict(Result.UNKNOWN_ISSUER, str(error))
    if since and logged.stamp.at > since:
        return stolen(summary=summary)
    until = N_("公开的证照日志证明它最晚在这时已经签发：")
    return replace(
        told_, reasons=(*told_.reasons, f"{until}{local(logged.stamp.at):%Y-%m-%d %H:%M}")
    )


def _carried(text: str, anchors: tuple[bytes, ...], token: str | None, at: datetime) -> Verdict:
    """An offline code: what it says is proven by the certificate that the list brings along."""
    found = codecheck.without_hall(text, anchors, token, at)
    if isinstance(found, Verdict):
        return found
    place = Status(uri="", index=found.place)  # of the one list there is
    standing = _standing(codecheck.summary(found), place, anchors, token, at)
    until = found.at + offlinecode.LASTS
    return replace(standing, showing=Showing("offline", until))


def _standing(
    summary: Summary, place: Status, anchors: tuple[bytes, ...], token: str | None, at: datetime
) -> Verdict:
    if token is None:
        why = N_("没有状态列表，只能证明签名真实")
        return verdict(Result.STATUS_STALE, why, summary=summary, genuine=True)
    try:
        status = statuslist.status(token.strip(), place.index, of=place.uri, anchors=anchors, at=at)
    except Invalid as error:
        return verdict(Result.STATUS_STALE, str(error), summary=summary, genuine=True)
    return verdict(_result(summary, status, at), summary=summary, genuine=True)


def _result(said: Summary, status: int, at: datetime) -> Result:
    if status in _STANDING:
        return _STANDING[status]
    today = local_date(at)
    in_dates = said.valid_from <= today and (said.valid_to is None or today <= said.valid_to)
    return Result.VALID if in_dates else Result.EXPIRED
