"""Hearings: the right to one, told and asked for (行政许可法 第47条)."""

import sqlalchemy as sa
from alembic import op

revision = "0111"
down_revision = "0120"


def upgrade() -> None:
    op.create_table(
        "hearing_right",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("ask_by", sa.Date(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("hold_by", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_right")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_hearing_right_case_id_case")
        ),
        sa.UniqueConstraint("case_id", name=op.f("uq_hearing_right_case_id")),
    )
