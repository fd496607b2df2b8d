"""What published rules said of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"


def upgrade() -> None:
    op.create_table(
        "instant_decision",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("verdicts", sa.LargeBinary(), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=True),
        sa.Column("sound", sa.Boolean(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("looked_by", sa.String(), nullable=False),
        sa.Column("looked_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_instant_decision_case_id_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instant_decision")),
        sa.UniqueConstraint("case_id", name=op.f("uq_instant_decision_case_id")),
    )
