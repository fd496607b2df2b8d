"""Distrust (失密公告): certificates whose key was stolen, and what of theirs is still believed.

What the license log held under a timestamped head before the theft stays good; every other
signature by such a key could be the thief's.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select

from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.signing import jws
from servicehall.signing.stamper import Stamper
from servicehall.transparency import licenselog, treeheads
from servicehall.transparency.models import DistrustedCertificate

STOLEN = N_("签名密钥已声明失密，没有失密之前的公开日志存证，这个签名不再可信")
REFRESH = N_("不要采信；请持证主体从“我的证照”重新下载后再出示，或输入核验码核验")


def declare(
    work: UnitOfWork, certificates: Iterable[bytes], issuer: str, *, since: datetime
) -> int:
    """Of each of *certificates* (DER) of *issuer* no signature made after *since* is believed; how
    many are new on the list. An earlier *since* replaces a later one, never the other way round.

    Raises Invalid for a moment that is still to come.
    """
    if since > work.now():
        raise Invalid(N_("失密时间不能晚于现在"), field="since")
    added = 0
    for one in map(fingerprint, certificates):
        held = work.session.scalar(select(DistrustedCertificate).filter_by(fingerprint=one))
        if held is None:
            added += 1
            work.session.add(
                DistrustedCertificate(fingerprint=one, issuer=issuer, since=since, at=work.now())
            )
        elif since < held.since:
            held.since = since
    work.session.flush()
    work.record("key.compromised", issuer, since=since.isoformat(), number=added)
    return added


def listed(work: UnitOfWork) -> dict[str, datetime]:
    """Every certificate that is distrusted, by its fingerprint, and since when."""
    query = select(DistrustedCertificate.fingerprint, DistrustedCertificate.since)
    return {row.fingerprint: row.since for row in work.session.execute(query)}


def fingerprint(certificate: bytes) -> str:
    """The SHA-256 of a certificate (DER), in hex."""
    return hashlib.sha256(certificate).hexdigest()


def since(envelope: jws.Envelope, distrusted: Mapping[str, datetime]) -> datetime | None:
    """Since when a signature of *envelope* is not believed by itself; None where all are."""
    found = [distrusted.get(fingerprint(one.leaf)) for one in envelope.signatures]
    return min((one for one in found if one is not None), default=None)


def refused(work: UnitOfWork, identifier: str, text: str, envelope: jws.Envelope) -> bool:
    """Whether the signed license *text* is by a stolen key and not proven to be older than the theft:
    it stands in no head of the license log that was timestamped before."""
    if not (distrusted := listed(work)) or (stolen := since(envelope, distrusted)) is None:
        return False
    leaf = licenselog.found(work, identifier, text)
    head = treeheads.covering(work, leaf) if leaf else None
    if head is None:
        return True
    try:
        return treeheads.stamped_at(head, work.use(Stamper).anchors()) > stolen
    except (Invalid, Conflict):
        return True


def told(work: UnitOfWork) -> list[dict[str, str | int]]:
    """The list as it is published: {sha256: base64, since: seconds}, in a fixed order."""
    return [
        {"sha256": base64.b64encode(bytes.fromhex(one)).decode(), "since": int(when.timestamp())}
        for one, when in sorted(listed(work).items())
    ]
