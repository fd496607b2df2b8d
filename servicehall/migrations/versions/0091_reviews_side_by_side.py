"""Opinions that are no longer needed, and what a department asks through the one window."""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"


def upgrade() -> None:
    op.add_column("review", sa.Column("waived_at", sa.DateTime(), nullable=True))
    op.create_table(
        "supplement",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("department_name", sa.String(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("passed_at", sa.DateTime(), nullable=True),
        sa.Column("passed_by", sa.String(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_supplement_case_id_case")),
        sa.ForeignKeyConstraint(
            ["department"], ["department.code"], name=op.f("fk_supplement_department_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplement")),
    )
    op.create_index(op.f("ix_supplement_case_id"), "supplement", ["case_id"])
