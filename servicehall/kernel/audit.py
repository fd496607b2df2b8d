"""The record (审计日志): who did what to which matter, append-only, every entry a leaf of a tree."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from servicehall.kernel import jcs, merkle, trees
from servicehall.kernel.database import Base, enter, table_of
from servicehall.kernel.merkle import Edge
from servicehall.kernel.prepared import Prepared
from servicehall.kernel.trees import Node

GENESIS = merkle.EMPTY.hex()
CHUNK = 1000


class AuditEntry(Base):
    """One act on record (操作留痕); ``person`` is whom it concerns, as a pseudonym.

    ``hash`` is that of its leaf, blinded by ``salt`` (128 random bits): whoever sees the log's
    hashes, or knows the entries beside it, cannot find out what it says by trying.
    """

    __tablename__ = "audit_entry"

    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(index=True)
    department: Mapped[str]
    act: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    person: Mapped[str] = mapped_column(index=True)
    detail: Mapped[dict[str, Any]]
    salt: Mapped[str]
    hash: Mapped[str]


class AuditNode(Node):
    """A node of the tree over the record (留痕哈希树节点)."""

    __tablename__ = "audit_node"


class AuditHead(Base):
    """The end of the record (留痕树根): its length, its root and its edge; every commit moves it on."""

    __tablename__ = "audit_head"

    length: Mapped[int]
    hash: Mapped[str]
    edge: Mapped[bytes] = mapped_column(default=b"")


class Act(NamedTuple):
    """An act not yet on the record."""

    at: datetime
    actor: str
    department: str
    act: str
    subject: str
    person: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """How many entries there are and the root of the tree over them, in hex."""

    length: int
    hash: str


def content(number: int, act: Act | AuditEntry | Row[Any], salt: str) -> dict[str, Any]:
    """What entry *number* commits to. The actor is sealed on its own: who looked may stay unnamed."""
    return {
        "number": number,
        "at": act.at.isoformat(timespec="microseconds"),
        "actor": sealed(act.actor, salt),
        "department": act.department,
        "act": act.act,
        "subject": act.subject,
        "person": act.person,
        "detail": act.detail,
    }


def sealed(actor: str, salt: str) -> str:
    """SHA-256 of the salt and the key of who acted: it is shown by telling the key."""
    return hashlib.sha256(bytes.fromhex(salt) + actor.encode()).hexdigest()


def leaf(body: dict[str, Any], salt: str) -> bytes:
    """The leaf of an entry: its salt, then its content in canonical JSON (RFC 8785), hashed."""
    return merkle.leaf_hash(bytes.fromhex(salt) + jcs.canonical(body))


def append(session: Session, acts: Sequence[Act]) -> Head:
    """Put *acts* at the end of the record, inside the session's transaction.

    Moving the one head row first makes writers queue, so that numbers have no gap and no branch.
    """
    length, packed = _MOVE.row(session, more=len(acts))
    edge = Edge(length - len(acts), packed)
    rows, leaves, salts = [], [], merkle.salts(len(acts))
    for number, act in enumerate(acts, edge.size + 1):
        salt = next(salts)
        leaves.append(leaf(content(number, act, salt), salt))
        rows.append({"id": number, "salt": salt, "hash": leaves[-1].hex(), **act._asdict()})
    enter(session, AuditEntry, rows)
    trees.grow(session, AuditNode, edge, leaves)
    end_now = Head(edge.size, edge.root.hex())
    _END.rows(session, root=end_now.hash, packed=edge.packed)
    return end_now


# Nobody holds the head as an object: the table, not the class, is what is changed.
_HEADS = table_of(AuditHead).c
_ENDING = Prepared(select(_HEADS.length, _HEADS.hash, _HEADS.edge))
_MOVE = Prepared(
    update(table_of(AuditHead))
    .values(length=_HEADS.length + bindparam("more"))
    .returning(_HEADS.length, _HEADS.edge)
)
_END = Prepared(
    update(table_of(AuditHead)).values(hash=bindparam("root"), edge=bindparam("packed"))
)


def head(session: Session) -> Head:
    """Where the record ends now."""
    return _end(session)[0]


def _end(session: Session) -> tuple[Head, bytes]:
    for length, root, edge in _ENDING.rows(session):
        return Head(length, root), edge
    return Head(0, GENESIS), b""


def was_done(session: Session, act: str, subject: str) -> bool:
    """Whether the last *act* on record was done to *subject*."""
    last = select(AuditEntry.subject).where(AuditEntry.act == act).order_by(AuditEntry.id.desc())
    return session.scalar(last.limit(1)) == subject


def broken(session: Session, heads: Sequence[Head] = ()) -> Iterator[str]:
    """Each way in which the record is not whole, or does not hold a head seen earlier outside.

    The head is read first: what others commit meanwhile comes after it and is not judged. Entries,
    the nodes kept over them, and the heads outside are three witnesses; each is held to the others.
    """
    (end, kept_edge), edge, seen, signed = _end(session), Edge(), _by_length(heads), 0
    for number, entry, made, kept in _walked(session, edge, end.length):
        yield from _entry(number, entry, kept.pop(made[0][0], None))
        yield from _nodes(made[1:], kept)
        if (outside := seen.pop(number, None)) is not None:
            if signed >= 0 and outside != {edge.root.hex()}:
                yield f"audit entries {signed + 1} to {number} are not those a checkpoint was signed for"
                signed = -1  # a root depends on all before it: later heads differ as well
            signed = number if signed >= 0 else signed
    if (end.hash, kept_edge) != (edge.root.hex(), edge.packed):
        yield f"the record says it has {end.length} entries and ends otherwise"
    if seen:
        yield f"audit entries after {end.length} are gone: a checkpoint saw {max(seen)}"
    yield from _behind(session)


Entry = Row[Any]
Kept = dict[int, bytes]
Made = list[tuple[int, bytes]]


def _walked(
    session: Session, edge: Edge, length: int
) -> Iterator[tuple[int, Entry | None, Made, Kept]]:
    """Entry by entry: what is kept of it, the nodes that it completes, and the nodes kept.

    Where its own hash is kept in the tree that is what the tree goes on with: an entry that was
    altered or deleted is named, and all others are still judged.
    """
    kept: Kept = {}
    for start in range(0, length, CHUNK):
        stop = min(start + CHUNK, length)
        rows = {one.id: one for one in session.execute(_entries(start, stop))}
        kept.update(session.execute(_between(2 * start, 2 * stop)).all())
        for index in range(start, stop):
            entry = rows.get(index + 1)
            value = kept.get(2 * index) or (_hash(index + 1, entry) if entry else b"")
            yield index + 1, entry, edge.add(value), kept


def _entry(number: int, entry: Entry | None, kept: bytes | None) -> Iterator[str]:
    if entry is None:
        yield f"audit entry {number} is missing"
    elif (own := _hash(number, entry)).hex() != entry.hash or kept not in (None, own):
        yield f"audit entry {number} was altered"
    if kept is None:
        yield f"the hash kept of audit entry {number} is missing"


def _nodes(made: Made, kept: Kept) -> Iterator[str]:
    for node, value in made:
        if kept.pop(node, None) != value:
            start, end = merkle.covered(node)
            yield f"the hash kept over audit entries {start + 1} to {end} is not theirs"


def _behind(session: Session) -> Iterator[str]:
    length = head(session).length
    if (last := session.scalar(select(func.max(AuditEntry.id))) or 0) > length:
        yield f"audit entry {last} stands behind the end of the record"
    if (session.scalar(select(func.max(AuditNode.id))) or 0) > max(0, 2 * length - 2):
        yield "a hash is kept of an entry behind the end of the record"


def _hash(number: int, entry: Entry) -> bytes:
    try:
        return leaf(content(number, entry, entry.salt), entry.salt)
    except ValueError:  # a salt that is none
        return b""


def _entries(start: int, stop: int) -> Select[Any]:
    """Entries as the database has them, whatever the session has in memory."""
    columns = AuditEntry.__table__.columns
    return select(*columns).where(AuditEntry.id > start, AuditEntry.id <= stop)


def _between(first: int, last: int) -> Select[int, bytes]:
    return select(AuditNode.id, AuditNode.hash).where(AuditNode.id >= first, AuditNode.id < last)


def _by_length(heads: Sequence[Head]) -> dict[int, set[str]]:
    """The roots seen at each length: two at one length are two logs."""
    seen: dict[int, set[str]] = {}
    for one in heads:
        if one.length:
            seen.setdefault(one.length, set()).add(one.hash)
    return seen
