"""The PDF of a license for archiving is kept once it was asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0151"
down_revision = "0150"


def upgrade() -> None:
    for table in ("license", "past_signing"):
        op.add_column(table, sa.Column("archive_sha256", sa.String(), nullable=True))
        op.create_index(op.f(f"ix_{table}_archive_sha256"), table, ["archive_sha256"])
