"""One thing at once: groups of cases, and the group that a case is handed in with."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0100"


def upgrade() -> None:
    with op.batch_alter_table("case") as table:
        table.add_column(sa.Column("bundle", sa.String(), server_default="", nullable=False))
    op.create_table(
        "case_group",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("applicant", sa.LargeBinary(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("submit_key", sa.String(), nullable=True),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("way", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lead"], ["department.code"], name=op.f("fk_case_group_lead_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_group")),
        sa.UniqueConstraint("key", name=op.f("uq_case_group_key")),
        sa.UniqueConstraint("number", name=op.f("uq_case_group_number")),
        sa.UniqueConstraint("party", "submit_key", name=op.f("uq_case_group_party_submit_key")),
    )
    for column in ("slug", "party"):
        op.create_index(op.f(f"ix_case_group_{column}"), "case_group", [column])
    op.create_table(
        "group_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["case_group.id"], name=op.f("fk_group_member_group_id_case_group")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_group_member_case_id_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
        sa.UniqueConstraint(
            "group_id", "item_code", name=op.f("uq_group_member_group_id_item_code")
        ),
        sa.UniqueConstraint("case_id", name=op.f("uq_group_member_case_id")),
    )
