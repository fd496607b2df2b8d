"""The license log: every signed license is a leaf of one tree, its roots signed and timestamped."""

import sqlalchemy as sa
from alembic import op

revision = "0120"
down_revision = "0110"


def upgrade() -> None:
    op.create_table(
        "license_leaf",
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_license_leaf")),
        sa.UniqueConstraint("hash", name=op.f("uq_license_leaf_hash")),
    )
    op.create_index(op.f("ix_license_leaf_identifier"), "license_leaf", ["identifier"])
    op.create_table(
        "license_node",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_license_node")),
    )
    log = op.create_table(
        "license_log",
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("edge", sa.LargeBinary(), nullable=False),
        sa.Column("begun", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_license_log")),
    )
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # RFC 9162 2.1.1
    op.bulk_insert(log, [{"id": 1, "length": 0, "hash": empty, "edge": b"", "begun": False}])
    op.create_table(
        "tree_head",
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("checkpoint", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tree_head")),
        sa.UniqueConstraint("size", name=op.f("uq_tree_head_size")),
    )
