"""Electronic monitoring: cards, what was done about them, how far it has come; bad ratings mended."""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0091"


def upgrade() -> None:
    op.create_table(
        "card",
        *(
            sa.Column(n, sa.String(), nullable=False)
            for n in ("key", "number", "signal", "occasion")
        ),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("item_name", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.ForeignKeyConstraint(
            ["department"], ["department.code"], name=op.f("fk_card_department_department")
        ),
        sa.UniqueConstraint("signal", "occasion", name=op.f("uq_card_signal_occasion")),
        sa.UniqueConstraint("key", name=op.f("uq_card_key")),
        sa.UniqueConstraint("number", name=op.f("uq_card_number")),
    )
    op.create_index("ix_card_desk", "card", ["department", "state", "due_on"])
    op.create_index("ix_card_late", "card", ["state", "due_on"])
    op.create_index(op.f("ix_card_case_number"), "card", ["case_number"])
    op.create_table(
        "card_step",
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_step")),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_card_step_card_id_card")),
    )
    op.create_index(op.f("ix_card_step_card_id"), "card_step", ["card_id"])
    op.create_table(
        "watch",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
    )
    op.create_table(
        "rectification",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("mend_by", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("result", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_rectification_case_id_case")
        ),
        sa.ForeignKeyConstraint(
            ["rating_id"], ["rating.id"], name=op.f("fk_rectification_rating_id_rating")
        ),
        sa.ForeignKeyConstraint(
            ["department"], ["department.code"], name=op.f("fk_rectification_department_department")
        ),
        sa.UniqueConstraint("key", name=op.f("uq_rectification_key")),
        sa.UniqueConstraint("case_id", name=op.f("uq_rectification_case_id")),
        sa.UniqueConstraint("rating_id", name=op.f("uq_rectification_rating_id")),
    )
    op.create_index("ix_rectification_queue", "rectification", ["state", "department", "answer_by"])
