"""The record cut or rewritten so that nothing inside the database shows it."""

from sqlalchemy import text, update

from servicehall.kernel import audit
from servicehall.kernel.merkle import Edge
from servicehall.kernel.work import UnitOfWork


def cut(work: UnitOfWork, end: int) -> None:
    for table, last in (("audit_entry", end), ("audit_node", 2 * end - 2)):
        work.session.execute(text(f"DELETE FROM {table} WHERE id > :last"), {"last": last})
    ended(work)


def ended(work: UnitOfWork) -> None:
    """Nodes, length, root and edge as they are over the entries that are left."""
    edge = Edge()
    for entry in work.session.query(audit.AuditEntry).order_by(audit.AuditEntry.id):
        for number, hash_ in edge.add(bytes.fromhex(entry.hash)):
            node = work.session.get_one(audit.AuditNode, number)
            node.hash = hash_
    end = {"length": edge.size, "hash": edge.root.hex(), "edge": edge.packed}
    work.session.flush()
    work.session.execute(update(audit.AuditHead).values(end))
