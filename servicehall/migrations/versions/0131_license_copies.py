"""Copies of licenses for one purpose and one receiver."""

import sqlalchemy as sa
from alembic import op

revision = "0131"
down_revision = "0130"


def upgrade() -> None:
    op.create_table(
        "license_copy",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("license_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("purpose", sa.LargeBinary(), nullable=False),
        sa.Column("receiver", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("jws", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["license_id"], ["license.id"], name=op.f("fk_license_copy_license_id_license")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_license_copy")),
        sa.UniqueConstraint("code", name=op.f("uq_license_copy_code")),
    )
    op.create_index(op.f("ix_license_copy_license_id"), "license_copy", ["license_id"])
    op.create_index(op.f("ix_license_copy_party"), "license_copy", ["party"])
