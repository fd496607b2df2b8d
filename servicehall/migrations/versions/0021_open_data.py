"""Open data: rows, and when they were published."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0060"


def upgrade() -> None:
    op.create_table(
        "open_edition",
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_edition")),
        sa.UniqueConstraint("dataset", name=op.f("uq_open_edition_dataset")),
    )
    op.create_table(
        "open_row",
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_row")),
        sa.UniqueConstraint("dataset", "key", name=op.f("uq_open_row_dataset_key")),
    )
