"""Tree heads (证照日志树根): signed and timestamped for each batch; proofs that end at them."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import literal_column, select

from servicehall.kernel import merkle, trees
from servicehall.kernel.audit import Head
from servicehall.kernel.clock import local
from servicehall.kernel.database import table_of
from servicehall.kernel.errors import Conflict, Invalid, NotFound, Unavailable
from servicehall.kernel.prepared import Prepared
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.signing import timestamps
from servicehall.signing.timestamps import Stamp
from servicehall.transparency import checkpoints, licenselog
from servicehall.transparency.checkpoints import LICENSES, Checkpoint, LicenseHeads
from servicehall.transparency.models import LicenseLeaf, LicenseNode, TreeHead

PAUSE, MANY = timedelta(seconds=60), 1000
LARGEST = 64 * 1024  # characters of a proof; one from ten million leaves has about 12,000
_FORKED = N_(
    "证照日志与大厅外保存的签名树根不一致（可能恢复了旧备份），不再签署新的树根，请运行 fsck 核对"
)


class LicenseProof(BaseModel):
    """How a signed license leads to a signed, timestamped root (RFC 9162 2.1.3)."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    kind: Literal["license"] = "license"
    salt: str = Field(pattern="^[0-9a-f]{32}$")
    index: int
    path: list[str]
    checkpoint: str
    token: str


@dataclass(frozen=True, slots=True)
class Logged:
    """What a proof proves: where the license stands in the log, since when at the latest."""

    index: int
    checkpoint: Checkpoint
    stamp: Stamp


def due(work: UnitOfWork) -> Head | None:
    """What is to be signed now: the log has grown, and a minute is over or there is much.

    Raises Conflict where the log is not what the last head outside the database was signed for,
    Unavailable where the clock is behind it.
    """
    refuse_earlier(work)
    head, last = licenselog.head(work.session), _last(work)
    if head.length == (last.size if last else 0):
        return None
    waited = last is None or not last.at <= work.now() < last.at + PAUSE
    if not (waited or head.length - (last.size if last else 0) >= MANY):
        return None
    _grown(work, head)
    return head


def refuse_earlier(work: UnitOfWork) -> None:
    """No license is dated before the last head: the clock jumped back. Raises Unavailable.

    A license that says it is older than a log without it would look like one slipped in.
    """
    now = work.now()
    for (last,) in _LAST_AT.rows(work.session):
        if now < last:
            raise Unavailable(
                N_("服务器时钟是 %(now)s，比证照日志最后一次签名（%(last)s）还早，什么都没有签发；请先校准时钟"),
                now=f"{local(now):%Y-%m-%d %H:%M:%S}", last=f"{local(last):%Y-%m-%d %H:%M:%S}",
            )  # fmt: skip


def signed(work: UnitOfWork, head: Head, token: bytes) -> TreeHead:
    """Put *head* with the timestamp *token* over its root on record; signed outside first.

    Raises Conflict where another worker was quicker, or the log was forked.
    """
    _grown(work, head)
    if (last := _last(work)) and last.size >= head.length:
        raise Conflict(N_("这一批已经加盖了时间戳"))
    kept = work.use(LicenseHeads).reach(head.length, head)
    if kept.head != head:
        raise Conflict(_FORKED)
    made = TreeHead(
        size=head.length, at=work.now(), checkpoint=kept.jws,
        token=base64.b64encode(token).decode(),
    )  # fmt: skip
    work.session.add(made)
    work.session.flush()
    work.record("licenses.headed", str(head.length), root=head.hash)
    return made


def forgotten(work: UnitOfWork) -> bool:
    """Whether a head outside was signed for more licenses than the database has."""
    try:
        return work.use(LicenseHeads).last().head.length > licenselog.head(work.session).length
    except NotFound:
        return False


def digest(head: Head) -> bytes:
    """What the timestamp is over: SHA-256 of the root."""
    return hashlib.sha256(bytes.fromhex(head.hash)).digest()


def last(work: UnitOfWork) -> TreeHead:
    """The newest head. Raises NotFound while there is none."""
    if (found := _last(work)) is None:
        raise NotFound(N_("日志还没有签到这个长度"))
    return found


def covering(work: UnitOfWork, leaf: LicenseLeaf) -> TreeHead | None:
    """The first head whose tree holds *leaf*; None before the batch is signed."""
    query = select(TreeHead).where(TreeHead.size >= leaf.id).order_by(TreeHead.size).limit(1)
    return work.session.scalar(query)


def proof(work: UnitOfWork, leaf: LicenseLeaf) -> LicenseProof:
    """The proof to carry with a license. Raises NotFound before its batch is signed (a minute)."""
    head = covering(work, leaf)
    if head is None:
        raise NotFound(N_("这份证照刚签发，日志还没有签到这里，请一分钟后再试"))
    path = trees.inclusion(work.session, LicenseNode, leaf.id - 1, head.size)
    return LicenseProof(
        salt=leaf.salt, index=leaf.id - 1, path=[one.hex() for one in path],
        checkpoint=head.checkpoint, token=head.token,
    )  # fmt: skip


def consistency(work: UnitOfWork, first: int, second: int) -> list[str]:
    """The proof that the log of *second* licenses begins with that of *first* (RFC 9162 2.1.4).

    Both are sizes of heads. Raises NotFound, Invalid.
    """
    if not 0 < first <= second:
        raise Invalid(N_("first 必须大于 0，且不大于 second"), field="first")
    for size in (first, second):
        if work.session.scalar(select(TreeHead.id).filter_by(size=size)) is None:
            raise NotFound(N_("没有这个长度的签名树根"))
    return [one.hex() for one in trees.consistency(work.session, LicenseNode, first, second)]


def verified(text: str, jws: str, anchors: Iterable[bytes], stamping: Iterable[bytes]) -> Logged:
    """What the proof *text* proves of the signed license *jws*. Raises Invalid, UnknownIssuer.

    *anchors* are the hall's roots, *stamping* those of the timestamp authority.
    """
    told = _read(text)
    kept = checkpoints.verified(told.checkpoint, anchors, LICENSES)
    size, root = kept.head.length, bytes.fromhex(kept.head.hash)
    path = [bytes.fromhex(one) for one in told.path]
    if not merkle.is_in(licenselog.leaf(told.salt, jws), told.index, size, path, root):
        raise Invalid(N_("这份证照不在签名的证照日志里，或者证明被改动过"))
    stamp = timestamps.verified(base64.b64decode(told.token), digest(kept.head), stamping)
    return Logged(told.index, kept, stamp)


def stamped_at(head: TreeHead, stamping: Iterable[bytes]) -> datetime:
    """When the authority vouched for *head*. Raises Invalid, UnknownIssuer."""
    root = checkpoints.parsed(head.checkpoint.encode(), LICENSES).head
    return timestamps.verified(base64.b64decode(head.token), digest(root), stamping).at


def _read(text: str) -> LicenseProof:
    try:
        told = LicenseProof.model_validate_json(text if len(text) <= LARGEST else "")
        _ = [bytes.fromhex(one) for one in told.path], base64.b64decode(told.token, validate=True)
    except (ValidationError, ValueError, RecursionError):
        raise Invalid(N_("这不是本大厅日志的证明文件")) from None
    return told


_HEADS = table_of(TreeHead).c
_LAST_AT = Prepared(select(_HEADS.at).order_by(_HEADS.size.desc()).limit(literal_column("1")))


def _last(work: UnitOfWork) -> TreeHead | None:
    return work.session.scalar(select(TreeHead).order_by(TreeHead.size.desc()).limit(1))


def _grown(work: UnitOfWork, head: Head) -> None:
    """Refuse to sign a log that does not begin with the last one that was signed."""
    try:
        kept = work.use(LicenseHeads).last().head
    except NotFound:
        return
    if kept.length > head.length:
        raise Conflict(_FORKED)
    if trees.root(work.session, LicenseNode, kept.length).hex() != kept.hash:
        raise Conflict(_FORKED)
