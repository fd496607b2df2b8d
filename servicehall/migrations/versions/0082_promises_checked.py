"""Promises are checked after the decision; what may come later has a day."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0071"


def upgrade() -> None:
    op.add_column("case", sa.Column("supply_by", sa.Date(), nullable=True))
    op.create_index(op.f("ix_case_supply_by"), "case", ["supply_by"])
    op.create_table(
        "promise_check",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("material", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("repaired_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_promise_check_case_id_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_check")),
        sa.UniqueConstraint("case_id", "material", name=op.f("uq_promise_check_case_id_material")),
    )
    op.create_index(op.f("ix_promise_check_state"), "promise_check", ["state"])
