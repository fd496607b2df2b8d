"""Changes of the working calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0094"


def upgrade() -> None:
    op.create_table(
        "calendar_change",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("worked", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("recounted_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_change")),
    )
    for column in ("day", "recounted_at"):
        op.create_index(op.f(f"ix_calendar_change_{column}"), "calendar_change", [column])
