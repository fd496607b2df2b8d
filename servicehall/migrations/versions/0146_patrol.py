"""Every license is proven again each night; what is faulty is kept until it is right again."""

import sqlalchemy as sa
from alembic import op

revision = "0146"
down_revision = "0145"


def upgrade() -> None:
    op.create_table(
        "license_patrol",
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("faulty", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_license_patrol")),
    )
    op.create_table(
        "license_fault",
        sa.Column("license_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("cleared_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["license_id"], ["license.id"], name=op.f("fk_license_fault_license_id_license")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_license_fault")),
    )
    op.create_index(op.f("ix_license_fault_license_id"), "license_fault", ["license_id"])
