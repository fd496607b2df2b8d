"""A license that fell leads to those that rest on it; each is reviewed by its issuer."""

import sqlalchemy as sa
from alembic import op

revision = "0145"
down_revision = "0140"


def upgrade() -> None:
    op.add_column("license", sa.Column("traced_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("license_review") as table:
        table.alter_column("dispute_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("fallen_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_license_review_fallen_id_license"), "license", ["fallen_id"], ["id"]
        )
        table.create_unique_constraint(
            op.f("uq_license_review_fallen_id_license_id"), ["fallen_id", "license_id"]
        )
    op.create_index(
        "ix_license_untraced", "license", ["id"],
        sqlite_where=sa.text("state IN ('revoked', 'cancelled') AND traced_at IS NULL"),
        postgresql_where=sa.text("state IN ('revoked', 'cancelled') AND traced_at IS NULL"),
    )  # fmt: skip
