"""Status list (证照状态列表): where every license stands, two bits each, signed and public.

A Token Status List (draft-ietf-oauth-status-list): whoever holds a record finds its place in it and
learns nothing about the others; the places are random, so neighbours tell nothing either.
"""

import base64
import json
import threading
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from servicehall.kernel import jcs
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses.models import License, State
from servicehall.printing.press import Press
from servicehall.signing import jws
from servicehall.signing.signer import Issuer, Signer
from servicehall.transparency import distrust

TYP, BITS = "statuslist+jwt", 2
PLACES = 1 << 24
LARGEST = 8 * 1024 * 1024  # characters; with a tenth of the places taken it has 2 million
LIST = "1"  # the one list there is; its address stands in every record
PUBLISHER = Issuer("STATUS", "政务服务大厅证照状态签名")
QR = Issuer("QR", "政务服务大厅离线码签名")  # its certificate travels with the list
FRESH = timedelta(seconds=60)  # so old a list may be that is given out
LASTS = timedelta(minutes=5)  # so long whoever has one may rely on it (ttl, exp)
VALID, INVALID, SUSPENDED, SUPERSEDED = range(4)  # the third is for the application to define
CODES: Final = {
    State.REVOKED: INVALID, State.CANCELLED: INVALID, State.SUSPENDED: SUSPENDED,
    State.SUPERSEDED: SUPERSEDED,
}  # fmt: skip


class StatusLists:
    """The list as it was signed last; signed anew when it is ``FRESH`` no longer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._token, self._at = "", datetime.min.replace(tzinfo=UTC)

    def token(self, work: UnitOfWork) -> str:
        """The signed list (JWS). Raises Unavailable while nothing can be signed."""
        with self._lock:
            if not self._token or not self._at <= work.now() < self._at + FRESH:
                self._token, self._at = signed(work), work.now()
            return self._token


def uri(work: UnitOfWork) -> str:
    """The address that records name and the list is the subject of."""
    return f"{work.use(Press).address}/status/{LIST}"


def signed(work: UnitOfWork) -> str:
    """The list of this moment: everything that is not simply valid stands in it."""
    query = select(License.status_index, License.state).where(License.state.in_(CODES))
    places = {index: CODES[state] for index, state in work.session.execute(query).all()}
    now = int(work.now().timestamp())
    lasts = int(LASTS.total_seconds())
    claims: Any = {
        "sub": uri(work), "iat": now, "exp": now + lasts, "ttl": lasts,
        "status_list": {"bits": BITS, "lst": packed(places, PLACES, BITS)},
        "distrusted": distrust.told(work),
        "qr_signers": [base64.b64encode(work.use(Signer).pen(QR).chain[0]).decode()],
    }  # fmt: skip
    signer, content = work.use(Signer), jcs.canonical(claims)
    return jws.seal(signer, PUBLISHER, content, typ=TYP, now=work.now())


def packed(places: Mapping[int, int], size: int, bits: int) -> str:
    """Statuses, *bits* each, the first in the lowest bits of the first byte; zlib, base64url."""
    each = 8 // bits
    content = bytearray(-(-size // each))
    for index, status in places.items():
        content[index // each] |= status << (index % each * bits)
    return base64.urlsafe_b64encode(zlib.compress(bytes(content), 9)).rstrip(b"=").decode()


def unpacked(lst: str, index: int, *, size: int, bits: int) -> int:
    """The status at place *index* of a list of *size* places. Raises Invalid for what is none."""
    most = -(-size * bits // 8)
    try:
        packed_ = base64.urlsafe_b64decode(lst + "=" * (-len(lst) % 4))
        unzip = zlib.decompressobj()
        content = unzip.decompress(packed_, most)
    except (ValueError, zlib.error):
        raise Invalid(N_("这不是证照状态列表")) from None
    if unzip.unconsumed_tail or not 0 <= index * bits // 8 < len(content):
        raise Invalid(N_("证照不在这份状态列表里"))
    return content[index * bits // 8] >> (index * bits % 8) & ((1 << bits) - 1)


def qr_signers(token: str, anchors: Iterable[bytes]) -> tuple[bytes, ...]:
    """The certificates (DER) of offline codes that the list *token*, of whatever age, brings along."""
    try:
        told = _claims(token, anchors).get("qr_signers", [])
        return tuple(base64.b64decode(one, validate=True) for one in told)
    except (ValueError, TypeError):
        raise Invalid(N_("这不是证照状态列表")) from None


def distrusted(token: str, anchors: Iterable[bytes]) -> dict[str, datetime]:
    """The certificates (SHA-256 in hex) whose keys were stolen, and when, as the list *token*, of
    whatever age, says. Raises Invalid where it is not the list."""
    try:
        return {
            base64.b64decode(one["sha256"], validate=True).hex():
                datetime.fromtimestamp(one["since"], UTC)
            for one in _claims(token, anchors).get("distrusted", [])
        }  # fmt: skip
    except (ValueError, TypeError, KeyError, OverflowError):
        raise Invalid(N_("这不是证照状态列表")) from None


def _claims(token: str, anchors: Iterable[bytes]) -> dict[str, Any]:
    """What the publisher signed. Raises Invalid where it was somebody else."""
    envelope = jws.opened(token, typ=TYP, most=LARGEST)
    leaf = envelope.verify(anchors)
    if leaf.issuer.code != PUBLISHER.code:
        raise Invalid(N_("状态列表不是本大厅签发的"))
    return dict(json.loads(envelope.payload))


def status(token: str, index: int, *, of: str, anchors: Iterable[bytes], at: datetime) -> int:
    """What the signed list *token* says of place *index*. Raises Invalid where it is not the list at
    the address *of* ("" for whichever it is), not the publisher's, or no longer to be relied on."""
    match _claims(token, anchors):
        case {"sub": str(sub), "exp": int(exp), "status_list": {"bits": 2, "lst": str(lst)}}:
            if of not in ("", sub):
                raise Invalid(N_("这是另一份状态列表"))
            if at.timestamp() > exp:
                raise Invalid(N_("状态列表已经过期，请重新下载"))
            return unpacked(lst, index, size=PLACES, bits=BITS)
    raise Invalid(N_("这不是证照状态列表"))
