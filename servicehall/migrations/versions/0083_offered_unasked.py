"""What people are entitled to and were asked about."""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"


def upgrade() -> None:
    op.create_table(
        "entitlement",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("offered_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entitlement")),
        sa.UniqueConstraint("key", name=op.f("uq_entitlement_key")),
        sa.UniqueConstraint(
            "party", "item", "period", name=op.f("uq_entitlement_party_item_period")
        ),
    )
    op.create_index(op.f("ix_entitlement_party"), "entitlement", ["party"])
