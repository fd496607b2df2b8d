"""What an office tells a party in writing."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("issuer_name", sa.String(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("key", name=op.f("uq_document_key")),
        sa.UniqueConstraint("issuer", "number", name=op.f("uq_document_issuer_number")),
    )
    for column in ("matter", "party"):
        op.create_index(op.f(f"ix_document_{column}"), "document", [column])
