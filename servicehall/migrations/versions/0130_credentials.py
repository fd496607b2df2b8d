"""Credentials for wallets: what was offered, numbers that were used once."""

import sqlalchemy as sa
from alembic import op

revision = "0130"
down_revision = "0111"


def upgrade() -> None:
    op.create_table(
        "credential_offer",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("license_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("issued_at", sa.DateTime(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["license_id"], ["license.id"], name=op.f("fk_credential_offer_license_id_license")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential_offer")),
        sa.UniqueConstraint("code", name=op.f("uq_credential_offer_code")),
        sa.UniqueConstraint("token", name=op.f("uq_credential_offer_token")),
    )
    op.create_index(op.f("ix_credential_offer_license_id"), "credential_offer", ["license_id"])
    op.create_index(op.f("ix_credential_offer_party"), "credential_offer", ["party"])
    op.create_table(
        "spent_nonce",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spent_nonce")),
        sa.UniqueConstraint("digest", name=op.f("uq_spent_nonce_digest")),
    )
    op.create_index(op.f("ix_spent_nonce_ends_at"), "spent_nonce", ["ends_at"])
