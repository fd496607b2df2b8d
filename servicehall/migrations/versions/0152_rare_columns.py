"""What few licenses have is indexed where it is there."""

import sqlalchemy as sa
from alembic import op

revision = "0152"
down_revision = "0151"


def upgrade() -> None:
    for name in ("archive_sha256", "supersedes_id"):
        index, there = f"ix_license_{name}", sa.text(f"{name} IS NOT NULL")
        op.drop_index(index, "license")
        op.create_index(index, "license", [name], sqlite_where=there, postgresql_where=there)
