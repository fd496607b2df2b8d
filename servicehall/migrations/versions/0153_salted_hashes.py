"""No index any more to prove that no salted hash is there twice: each is of 128 random bits."""

from alembic import op

from servicehall.kernel.database import append_only

revision = "0153"
down_revision = "0152"


def upgrade() -> None:
    for table in ("audit_entry", "license_leaf"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"uq_{table}_hash", type_="unique")
    append_only(op.get_bind(), "audit_entry")  # made anew by SQLite, without its triggers
