"""What registries said is asked again before a decision, and while nobody has verified it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "recheck",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("changes", sa.LargeBinary(), nullable=False),
        sa.Column("unread", sa.JSON(), nullable=False),
        sa.Column("calls", sa.JSON(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.Column("seen_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_recheck_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recheck")),
    )
    op.create_index(op.f("ix_recheck_case_id"), "recheck", ["case_id"])
    op.create_table(
        "pending_check",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_pending_check_case_id_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_check")),
        sa.UniqueConstraint("case_id", name=op.f("uq_pending_check_case_id")),
    )
    op.create_index(op.f("ix_pending_check_due_at"), "pending_check", ["due_at"])
