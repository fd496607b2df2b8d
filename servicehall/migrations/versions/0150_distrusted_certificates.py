"""Certificates whose keys were stolen; licenses that were signed anew."""

import sqlalchemy as sa
from alembic import op

revision = "0150"
down_revision = "0146"


def upgrade() -> None:
    op.create_table(
        "distrusted_certificate",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distrusted_certificate")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_distrusted_certificate_fingerprint")),
    )
    op.add_column("license", sa.Column("signing", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "past_signing",
        sa.Column("license_id", sa.Integer(), nullable=False),
        sa.Column("signing", sa.Integer(), nullable=False),
        sa.Column("jws", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_sha256", sa.String(), nullable=True),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["license_id"], ["license.id"], name=op.f("fk_past_signing_license_id_license")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_signing")),
        sa.UniqueConstraint(
            "license_id", "signing", name=op.f("uq_past_signing_license_id_signing")
        ),
    )
    op.create_index(op.f("ix_past_signing_pdf_sha256"), "past_signing", ["pdf_sha256"])
