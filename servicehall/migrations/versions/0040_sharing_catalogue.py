"""The sharing catalogue: resources, requests for them, and what was granted."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0050"


def upgrade() -> None:
    op.create_table(
        "resource",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("code", name=op.f("uq_resource_code")),
        sa.UniqueConstraint("number", name=op.f("uq_resource_number")),
    )
    op.create_index(op.f("ix_resource_provider"), "resource", ["provider"])
    op.create_table(
        "share_request",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_share_request_resource_id_resource")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_request")),
        sa.UniqueConstraint("key", name=op.f("uq_share_request_key")),
        sa.UniqueConstraint("slot", name=op.f("uq_share_request_slot")),
    )
    op.create_index("ix_share_request_queue", "share_request", ["state", "due_on"])
    op.create_index(op.f("ix_share_request_department"), "share_request", ["department"])
    op.create_index(op.f("ix_share_request_resource_id"), "share_request", ["resource_id"])
    op.create_table(
        "share_grant",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("granted_at", sa.DateTime(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_share_grant_resource_id_resource")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["share_request.id"],
            name=op.f("fk_share_grant_request_id_share_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_grant")),
        sa.UniqueConstraint("key", name=op.f("uq_share_grant_key")),
    )
    op.create_index("ix_share_grant_of", "share_grant", ["item", "resource_id"])
    op.create_index(op.f("ix_share_grant_department"), "share_grant", ["department"])
    op.create_index(op.f("ix_share_grant_expires_on"), "share_grant", ["expires_on"])
    op.create_index(op.f("ix_share_grant_resource_id"), "share_grant", ["resource_id"])
