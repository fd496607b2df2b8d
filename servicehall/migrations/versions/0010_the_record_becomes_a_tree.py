"""The record becomes a Merkle tree: salted leaves, every node kept; the chain ends in its last entry."""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

import rfc8785
import sqlalchemy as sa
from alembic import op

from servicehall.kernel.clock import SystemClock
from servicehall.kernel.columns import UtcDateTime
from servicehall.kernel.database import append_only
from servicehall.kernel.merkle import Edge, leaf_hash

revision = "0010"
down_revision = "0040"

TOLD = ("actor", "department", "act", "subject", "person")
ENTRY = sa.table(
    "audit_entry", sa.column("id", sa.Integer), sa.column("at", UtcDateTime()),
    *(sa.column(name, sa.String) for name in TOLD), sa.column("detail", sa.JSON),
    sa.column("salt", sa.String), sa.column("hash", sa.String),
)  # fmt: skip
NODE = sa.table("audit_node", sa.column("id", sa.Integer), sa.column("hash", sa.LargeBinary))
HEAD = sa.table(
    "audit_head", sa.column("length", sa.Integer), sa.column("hash", sa.String),
    sa.column("edge", sa.LargeBinary),
)  # fmt: skip


def upgrade() -> None:
    """Prove the chain a last time, then make its entries leaves. RuntimeError where it is broken."""
    connection = op.get_bind()
    _writable(connection)
    _add("audit_entry", sa.Column("salt", sa.String(), nullable=False, server_default=""))
    _add("audit_head", sa.Column("edge", sa.LargeBinary(), nullable=False, server_default=""))
    op.create_table(
        "audit_node",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_node")),
    )
    length, last = connection.execute(sa.select(HEAD.c.length, HEAD.c.hash)).one()
    edge, previous = Edge(), "0" * 64
    for row in connection.execute(sa.select(ENTRY).order_by(ENTRY.c.id)).mappings().all():
        previous = _chained(previous, {**row})
        if previous != row["hash"]:
            raise RuntimeError(f"audit entry {row['id']} was altered; the record stays a chain")
        _plant(connection, edge, {**row})
    if (edge.size, previous) != (length, last):
        raise RuntimeError("the audit chain ends otherwise than its head says; it stays a chain")
    if length:
        end = {
            "id": length + 1, "at": SystemClock().now(), "actor": "system", "department": "",
            "act": "audit.became_tree", "subject": "audit", "person": "",
            "detail": {"length": length, "head": last},
        }  # fmt: skip
        connection.execute(sa.insert(ENTRY).values(**end, salt="", hash=""))
        _plant(connection, edge, end)
    end_now = {"length": edge.size, "hash": edge.root.hex(), "edge": edge.packed}
    connection.execute(sa.update(HEAD).values(end_now))
    for table in ("audit_entry", "audit_node"):
        append_only(connection, table)


def _add(table: str, column: sa.Column[Any]) -> None:
    """A column without a default, in a table that has rows."""
    with op.batch_alter_table(table) as batch:
        batch.add_column(column)
    with op.batch_alter_table(table) as batch:
        batch.alter_column(column.name, server_default=None)


def _writable(connection: sa.Connection) -> None:
    """Entries get salt and hash, once; the triggers come back at the end of this transaction."""
    if connection.dialect.name == "sqlite":
        for act in ("update", "delete"):
            connection.execute(sa.text(f"DROP TRIGGER audit_entry_no_{act}"))
        return
    for name in ("append_only", "never_emptied"):
        connection.execute(sa.text(f"DROP TRIGGER audit_entry_{name} ON audit_entry"))


def _chained(previous: str, row: Mapping[str, Any]) -> str:
    told = {name: row[name] for name in (*TOLD, "detail")}
    at = row["at"].isoformat(timespec="microseconds")
    body = {"number": row["id"], "previous": previous, "at": at, **told}
    return hashlib.sha256(rfc8785.dumps(body)).hexdigest()


def _plant(connection: sa.Connection, edge: Edge, row: Mapping[str, Any]) -> None:
    salt = secrets.token_bytes(16)
    told = {name: row[name] for name in (*TOLD, "detail")}
    told["actor"] = hashlib.sha256(salt + row["actor"].encode()).hexdigest()
    body = {"number": row["id"], "at": row["at"].isoformat(timespec="microseconds"), **told}
    leaf = leaf_hash(salt + rfc8785.dumps(body))
    change = sa.update(ENTRY).where(ENTRY.c.id == row["id"])
    connection.execute(change.values(salt=salt.hex(), hash=leaf.hex()))
    nodes = [{"id": number, "hash": hash_} for number, hash_ in edge.add(leaf)]
    connection.execute(sa.insert(NODE), nodes)
