"""Licenses that rest on a corrected value are reviewed by their issuer."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "license_review",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("license_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("was", sa.LargeBinary(), nullable=False),
        sa.Column("now", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_license_review_dispute_id_dispute")
        ),
        sa.ForeignKeyConstraint(
            ["license_id"], ["license.id"], name=op.f("fk_license_review_license_id_license")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_license_review")),
        sa.UniqueConstraint("key", name=op.f("uq_license_review_key")),
        sa.UniqueConstraint(
            "dispute_id", "license_id", name=op.f("uq_license_review_dispute_id_license_id")
        ),
    )
    op.create_index("ix_license_review_queue", "license_review", ["issuer", "state", "due_on"])
    op.create_index(op.f("ix_license_review_license_id"), "license_review", ["license_id"])
    op.create_index(op.f("ix_license_review_party"), "license_review", ["party"])
