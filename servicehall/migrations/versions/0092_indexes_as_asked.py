"""Indexes over some rows only as the queries say it: an engine must see that no others are asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0081"

WINDOW = {
    "ix_task_window": ["step", "due_on", "id"],
    "ix_task_window_item": ["step", "item_code", "due_on", "id"],
    "ix_task_window_region": ["step", "region", "due_on", "id"],
}


def upgrade() -> None:
    for name, columns in WINDOW.items():
        op.drop_index(name, "task")
        op.create_index(
            name, "task", columns,
            sqlite_where=sa.text("lead = 1"), postgresql_where=sa.text("lead"),
        )  # fmt: skip
    op.drop_index("ix_case_unfinished", "case")
    op.drop_index("ix_case_silent", "case")
    op.create_index("ix_case_silent", "case", ["state", "accept_by"])
