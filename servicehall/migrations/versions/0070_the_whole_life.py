"""The whole life of a case: extension, delivery, revocation, silence, hearings."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0093"


def upgrade() -> None:
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("renews_until", sa.Date(), nullable=True))
    _partial("ix_case_renews_until", "case", "renews_until", "renews_until IS NOT NULL")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("defaults", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _partial("ix_review_default", "review", "due_on", "defaults AND agrees IS NULL")
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("presider", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_correction_due", "correction", ["answered_at", "answer_by"])
    op.create_table(
        "extension",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        *_of_a_case("extension"),
    )
    op.create_table(
        "delivery",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(), nullable=True),
        sa.Column("taken_by", sa.LargeBinary(), nullable=True),
        sa.Column("proof", sa.LargeBinary(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("late_at", sa.DateTime(), nullable=True),
        *_of_a_case("delivery"),
    )
    _partial("ix_delivery_due", "delivery", "due_on", "delivered_at IS NULL AND late_at IS NULL")
    op.create_table(
        "revocation",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("hear_by", sa.Date(), nullable=True),
        sa.Column("statement", sa.LargeBinary(), nullable=True),
        sa.Column("stated_at", sa.DateTime(), nullable=True),
        sa.Column("revoked", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        *_of_a_case("revocation"),
    )


def _of_a_case(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f(f"fk_{table}_case_id_case")),
        sa.UniqueConstraint("case_id", name=op.f(f"uq_{table}_case_id")),
    )


def _partial(name: str, table: str, column: str, where: str) -> None:
    text = sa.text(where)
    op.create_index(name, table, [column], sqlite_where=text, postgresql_where=text)
