"""License log (证照公开日志): every signed license is a leaf of one append-only tree (RFC 9162)."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from servicehall.kernel import merkle, trees
from servicehall.kernel.audit import CHUNK, Head
from servicehall.kernel.database import enter, table_of
from servicehall.kernel.merkle import Edge
from servicehall.kernel.prepared import Prepared
from servicehall.kernel.work import UnitOfWork
from servicehall.transparency.models import LicenseLeaf, LicenseLog, LicenseNode

_PLAIN = {"synchronize_session": False}


def append(work: UnitOfWork, signed: Sequence[tuple[str, str]]) -> list[int]:
    """Put each (identifier, JWS) at the end of the log, in the caller's transaction; their places.

    Moving the one head row first makes writers queue, as in the record (``kernel.audit``).
    """
    session, now = work.session, work.now()
    length, packed = _MOVE.row(session, more=len(signed))
    edge = Edge(length - len(signed), packed)
    rows: list[dict[str, Any]] = []
    leaves: list[bytes] = []
    salts = merkle.salts(len(signed))
    for place, (identifier, jws) in enumerate(signed, edge.size + 1):
        salt = next(salts)
        leaves.append(leaf(salt, jws))
        rows.append(
            {"id": place, "identifier": identifier, "at": now, "salt": salt,
             "hash": leaves[-1].hex()}
        )  # fmt: skip
    enter(session, LicenseLeaf, rows)
    trees.grow(session, LicenseNode, edge, leaves)
    _END.rows(session, root=edge.root.hex(), packed=edge.packed)
    return list(range(edge.size - len(signed) + 1, edge.size + 1))


_LOG = table_of(LicenseLog).c
_MOVE = Prepared(
    update(table_of(LicenseLog))
    .values(length=_LOG.length + bindparam("more"))
    .returning(_LOG.length, _LOG.edge)
)
_END = Prepared(
    update(table_of(LicenseLog)).values(hash=bindparam("root"), edge=bindparam("packed"))
)


def leaf(salt: str, jws: str) -> bytes:
    """The leaf of a signed license: SHA-256(0x00 ‖ salt ‖ JWS)."""
    return merkle.leaf_hash(bytes.fromhex(salt) + jws.encode())


def found(work: UnitOfWork, identifier: str, jws: str) -> LicenseLeaf | None:
    """The leaf of exactly this signed license, the last; None where it is not in the log."""
    query = select(LicenseLeaf).filter_by(identifier=identifier).order_by(LicenseLeaf.id.desc())
    held = work.session.scalars(query)
    return next((one for one in held if leaf(one.salt, jws).hex() == one.hash), None)


def missing(work: UnitOfWork, identifier: str, jws: str) -> bool:
    """Whether this signed license should stand in the log and does not: nobody issued it here."""
    return begun(work) and found(work, identifier, jws) is None


def head(session: Session) -> Head:
    """Where the log ends now."""
    row = session.execute(select(LicenseLog.length, LicenseLog.hash)).one()
    return Head(row.length, row.hash)


def begun(work: UnitOfWork) -> bool:
    """Whether the licenses that were issued before there was a log stand in it."""
    return bool(work.session.scalar(select(LicenseLog.begun)))


def begin(work: UnitOfWork) -> None:
    """From now on a license that is not in the log is called out."""
    work.session.execute(update(LicenseLog).values(begun=True), execution_options=_PLAIN)


def broken(session: Session, heads: Sequence[Head] = ()) -> Iterator[str]:
    """Each way in which leaves, nodes, the end of the log and the heads outside do not agree.

    Whether a leaf is that of its license is for the library to say, which has the license.
    """
    end = session.execute(select(LicenseLog.length, LicenseLog.hash, LicenseLog.edge)).one()
    edge, seen = Edge(), {one.length: one.hash for one in heads if one.length}
    for own, value, kept in _walked(session, end.length):
        made = edge.add(value)
        if own is None:
            yield f"license log entry {edge.size} is missing"
        elif own != value.hex() or any(kept.pop(node, None) != hash_ for node, hash_ in made):
            yield f"license log entry {edge.size} or a hash over it was altered"
        if seen.pop(edge.size, edge.root.hex()) != edge.root.hex():
            yield f"license log: a head was signed for other entries than the first {edge.size}"
    if (end.hash, end.edge) != (edge.root.hex(), edge.packed):
        yield f"the license log says it has {end.length} entries and ends otherwise"
    if seen:
        yield f"license log entries after {end.length} are gone: a head was signed for {max(seen)}"
    if (session.scalar(select(func.max(LicenseLeaf.id))) or 0) > end.length:
        yield "a license leaf stands behind the end of the license log"


def _walked(session: Session, length: int) -> Iterator[tuple[str | None, bytes, dict[int, bytes]]]:
    """Leaf by leaf: what the table says of it, what the tree goes on with, the nodes kept so far."""
    kept: dict[int, bytes] = {}
    for start in range(0, length, CHUNK):
        stop = min(start + CHUNK, length)
        columns = select(LicenseLeaf.id, LicenseLeaf.hash)
        rows = columns.where(LicenseLeaf.id > start, LicenseLeaf.id <= stop)
        leaves: dict[int, str] = dict(session.execute(rows).all())
        nodes = select(LicenseNode.id, LicenseNode.hash)
        between = nodes.where(LicenseNode.id >= 2 * start, LicenseNode.id < 2 * stop)
        kept.update(session.execute(between).all())
        for index in range(start, stop):
            own = leaves.get(index + 1)
            yield own, kept.get(2 * index) or bytes.fromhex(own or ""), kept
