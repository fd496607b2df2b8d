"""The record (审计日志): who did what to which matter, append-only and hash-chained."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from servicehall.kernel.database import Base

GENESIS = "0" * 64


class AuditEntry(Base):
    """One act on record (操作留痕); ``person`` is whom it concerns, as a pseudonym."""

    __tablename__ = "audit_entry"

    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(index=True)
    department: Mapped[str]
    act: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    person: Mapped[str] = mapped_column(index=True)
    detail: Mapped[dict[str, Any]]
    hash: Mapped[str] = mapped_column(unique=True)


class AuditHead(Base):
    """The end of the chain (留痕链头): one row, which every commit moves on."""

    __tablename__ = "audit_head"

    length: Mapped[int]
    hash: Mapped[str]


@dataclass(frozen=True, slots=True)
class Act:
    """An act not yet on the chain."""

    at: datetime
    actor: str
    department: str
    act: str
    subject: str
    person: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """How long the chain is and the hash of its last entry."""

    length: int
    hash: str


def digest(previous: str, number: int, act: Act | AuditEntry) -> str:
    """SHA-256 over the previous hash and the entry in canonical JSON (RFC 8785)."""
    body: dict[str, Any] = {
        "number": number,
        "previous": previous,
        "at": act.at.isoformat(timespec="microseconds"),
        "actor": act.actor,
        "department": act.department,
        "act": act.act,
        "subject": act.subject,
        "person": act.person,
        "detail": act.detail,
    }
    return hashlib.sha256(rfc8785.dumps(body)).hexdigest()


def append(session: Session, acts: Sequence[Act]) -> Head:
    """Put *acts* at the end of the chain, inside the session's transaction.

    Moving the one head row first makes writers queue, so that numbers have no gap and no branch.
    """
    moved = update(AuditHead).values(length=AuditHead.length + len(acts))
    start = session.execute(moved.returning(AuditHead.length, AuditHead.hash)).one()
    number, last = start.length - len(acts), start.hash
    rows = []
    for act in acts:
        number += 1
        last = digest(last, number, act)
        rows.append({"id": number, "hash": last, **{k: getattr(act, k) for k in Act.__slots__}})
    session.execute(insert(AuditEntry), rows)
    session.execute(update(AuditHead).values(hash=last))
    return Head(number, last)


def head(session: Session) -> Head:
    """Where the chain ends now."""
    row = session.execute(select(AuditHead.length, AuditHead.hash)).one_or_none()
    return Head(row.length, row.hash) if row else Head(0, GENESIS)


def was_done(session: Session, act: str, subject: str) -> bool:
    """Whether the last *act* on record was done to *subject*."""
    last = select(AuditEntry.subject).where(AuditEntry.act == act).order_by(AuditEntry.id.desc())
    return session.scalar(last.limit(1)) == subject


def broken(session: Session, heads: Sequence[Head] = ()) -> Iterator[str]:
    """Each way in which the chain is not whole, or does not hold a head seen earlier outside.

    The head is read first: what others commit meanwhile comes after it and is not judged.
    """
    end, previous, number, gap = head(session), GENESIS, 0, False
    seen = _by_length(heads)
    for entry in session.scalars(_entries(end.length)):
        number += 1
        if gap := entry.id != number:
            yield f"audit entry {number} is missing"
            number = entry.id
        if not gap and digest(previous, number, entry) != entry.hash:
            yield f"audit entry {number} was altered"
        if seen.pop(number, {entry.hash}) != {entry.hash}:
            yield f"audit entry {number} is not the one a checkpoint was signed for"
        previous = entry.hash
    if (end.length, end.hash) != (number, previous):
        yield f"the chain says it has {end.length} entries and ends otherwise"
    if seen:
        yield f"audit entries after {number} are gone: a checkpoint saw {max(seen)}"
    if (last := session.scalar(select(func.max(AuditEntry.id))) or 0) > head(session).length:
        yield f"audit entry {last} stands behind the end of the chain"


def _entries(length: int) -> Select[AuditEntry]:
    """The chain from the database itself, whatever the session has in memory."""
    chain = select(AuditEntry).where(AuditEntry.id <= length).order_by(AuditEntry.id)
    return chain.execution_options(yield_per=1000, populate_existing=True)


def _by_length(heads: Sequence[Head]) -> dict[int, set[str]]:
    """The hashes seen at each length: two at one length are two chains."""
    seen: dict[int, set[str]] = {}
    for one in heads:
        if one.length:
            seen.setdefault(one.length, set()).add(one.hash)
    return seen
