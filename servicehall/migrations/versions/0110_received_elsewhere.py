"""Received elsewhere: cases that the window of another region took in (异地代收)."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0083"


def upgrade() -> None:
    op.create_table(
        "reception",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("corrects", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_reception_case_id_case")),
        sa.ForeignKeyConstraint(
            ["department"], ["department.code"], name=op.f("fk_reception_department_department")
        ),
    )
    op.create_index(op.f("ix_reception_case_id"), "reception", ["case_id"])
    op.create_index("ix_reception_window", "reception", ["department", "id"])
