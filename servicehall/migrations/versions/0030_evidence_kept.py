"""What registries said, byte for byte, and the timestamps over it; no question without a case."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "timestamp_batch",
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timestamp_batch")),
    )
    op.create_table(
        "exchange",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=True),
        sa.Column("response", sa.LargeBinary(), nullable=True),
        sa.Column("leaf", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["timestamp_batch.id"],
            name=op.f("fk_exchange_batch_id_timestamp_batch"),
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["registry_call.id"], name=op.f("fk_exchange_call_id_registry_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange")),
        sa.UniqueConstraint("batch_id", "place", name=op.f("uq_exchange_batch_id_place")),
        sa.UniqueConstraint("call_id", name=op.f("uq_exchange_call_id")),
    )
    op.create_index(op.f("ix_exchange_dropped_at"), "exchange", ["dropped_at"])
    with op.batch_alter_table("ground") as batch_op:
        batch_op.create_check_constraint(
            "ground_is_of_a_case", "matter <> '' AND item <> '' AND party <> ''"
        )
    with op.batch_alter_table("registry_call") as batch_op:
        batch_op.create_check_constraint(
            "registry_call_has_a_purpose", "purpose <> '' AND actor <> ''"
        )
