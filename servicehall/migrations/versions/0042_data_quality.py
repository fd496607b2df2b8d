"""Registers are compared with base libraries: the figures, and the conflicts to answer."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    counts = ("records", "cells", "filled", "timely", "cleaned", "differs", "unknown", "absent")
    op.create_table(
        "measure",
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in (*counts, "duplicate")),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    op.create_index("ix_measure_of", "measure", ["resource", "at"])
    op.create_table(
        "data_conflict",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("ours", sa.LargeBinary(), nullable=False),
        sa.Column("theirs", sa.LargeBinary(), nullable=False),
        sa.Column("sameness", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("passed", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_conflict")),
        sa.UniqueConstraint("key", name=op.f("uq_data_conflict_key")),
        sa.UniqueConstraint("slot", name=op.f("uq_data_conflict_slot")),
    )
    op.create_index("ix_data_conflict_queue", "data_conflict", ["owner", "state", "due_on"])
    op.create_index(op.f("ix_data_conflict_resource"), "data_conflict", ["resource"])
    op.create_index(op.f("ix_data_conflict_sameness"), "data_conflict", ["sameness"])
