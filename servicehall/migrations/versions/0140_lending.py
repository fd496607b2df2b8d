"""Licenses from elsewhere, consent to their being shown, tokens of the systems that ask."""

import sqlalchemy as sa
from alembic import op

revision = "0140"
down_revision = "0131"


def upgrade() -> None:
    op.add_column("client", sa.Column("public_key", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "access_token",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("assertion", sa.String(), nullable=True),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_access_token_client_id_client")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_token")),
        sa.UniqueConstraint("assertion", name=op.f("uq_access_token_assertion")),
        sa.UniqueConstraint("digest", name=op.f("uq_access_token_digest")),
    )
    op.create_index(op.f("ix_access_token_client_id"), "access_token", ["client_id"])
    op.create_index(op.f("ix_access_token_expires_at"), "access_token", ["expires_at"])
    op.create_table(
        "gathered_license",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("identifier", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("issuer_name", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("holder_index", sa.String(length=32), nullable=False),
        sa.Column("holder_type", sa.String(), nullable=False),
        sa.Column("holder_code", sa.LargeBinary(), nullable=False),
        sa.Column("holder_name", sa.LargeBinary(), nullable=False),
        sa.Column("faces", sa.LargeBinary(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("trust", sa.String(length=1), nullable=False),
        sa.Column("jws", sa.LargeBinary(), nullable=True),
        sa.Column("file_key", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("gathered_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathered_license")),
        sa.UniqueConstraint("key", name=op.f("uq_gathered_license_key")),
    )
    op.create_index("ix_gathered_license_holder_type", "gathered_license", ["holder_index", "type"])
    op.create_index(op.f("ix_gathered_license_source"), "gathered_license", ["source"])
    op.create_index(op.f("ix_gathered_license_changed_at"), "gathered_license", ["changed_at"])
    op.create_table(
        "license_consent",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("slot", sa.String(length=32), nullable=True),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_license_consent")),
        sa.UniqueConstraint("key", name=op.f("uq_license_consent_key")),
        sa.UniqueConstraint("slot", name=op.f("uq_license_consent_slot")),
    )
    op.create_index(op.f("ix_license_consent_party"), "license_consent", ["party"])
