"""What an insider may do to the record in the database: six kinds of tampering with entry *n*."""

from sqlalchemy import delete, update

from servicehall.kernel import audit
from servicehall.kernel.audit import GENESIS, Act, AuditEntry, AuditHead, AuditNode


def alter(session, n, entries):
    session.execute(update(AuditEntry).where(AuditEntry.id == n).values(actor="x"))


def remove(session, n, entries):
    session.execute(delete(AuditEntry).where(AuditEntry.id == n))


def exchange(session, n, entries):
    one, other = entries[n - 1], entries[n % len(entries)]
    for entry, subject in ((one, other.subject), (other, one.subject)):
        session.execute(update(AuditEntry).where(AuditEntry.id == entry.id).values(subject=subject))


def insert(session, n, entries):
    told = {k: getattr(entries[n - 1], k) for k in Act._fields}
    session.add(AuditEntry(id=len(entries) + n, salt="00" * 16, hash=f"{n:064}", **told))
    session.flush()


def cut_off(session, n, entries):
    kept = [e for e in entries if e.id < n]
    anew(session, kept)


def rewrite(session, n, entries):
    """What an insider does who knows all of this: entry, leaf, nodes, edge and root are consistent."""
    acts = [Act(**{k: getattr(e, k) for k in Act._fields}) for e in entries]
    acts[n - 1] = Act(**{**{k: getattr(acts[n - 1], k) for k in Act._fields}, "actor": "x"})
    anew(session, acts)


def anew(session, acts):
    acts = [Act(**{k: getattr(e, k) for k in Act._fields}) for e in acts]
    for table in (AuditEntry, AuditNode):
        session.execute(delete(table))
    session.execute(update(AuditHead).values(length=0, hash=GENESIS, edge=b""))
    if acts:
        audit.append(session, acts)


KINDS = (alter, remove, exchange, insert, cut_off, rewrite)
