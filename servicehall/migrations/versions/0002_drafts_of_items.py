"""Drafts of items and plans to suspend or cancel them, each by two persons."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("item_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("notice", sa.JSON(), server_default="{}", nullable=False))

    op.create_table(
        "item_draft",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("publisher_name", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("returned", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("publisher <> author", name=op.f("ck_item_draft_two_persons")),
        sa.ForeignKeyConstraint(
            ["based_on_id"],
            ["item_revision.id"],
            name=op.f("fk_item_draft_based_on_id_item_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["item_revision.id"],
            name=op.f("fk_item_draft_revision_id_item_revision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_draft")),
        sa.UniqueConstraint("slot", name=op.f("uq_item_draft_slot")),
    )
    with op.batch_alter_table("item_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_draft_code"), ["code"], unique=False)

    op.create_table(
        "item_plan",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=True),
        sa.Column("approver_name", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("approver <> author", name=op.f("ck_item_plan_two_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_plan")),
        sa.UniqueConstraint("slot", name=op.f("uq_item_plan_slot")),
    )
    with op.batch_alter_table("item_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_plan_code"), ["code"], unique=False)


def downgrade() -> None:
    op.drop_table("item_plan")
    op.drop_table("item_draft")
    with op.batch_alter_table("item_entry", schema=None) as batch_op:
        batch_op.drop_column("notice")
