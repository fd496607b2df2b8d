"""Who stood at the counter, what was shown, who helped; through which channel consent was given."""

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0092"


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("letter", sa.LargeBinary(), nullable=True),
        sa.Column("letter_until", sa.DateTime(), nullable=True),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department"], ["department.code"], name=op.f("fk_attendance_department_department")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["person.id"], name=op.f("fk_attendance_helper_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("key", name=op.f("uq_attendance_key")),
    )
    for column in ("clerk", "person_id", "helper_id"):
        op.create_index(op.f(f"ix_attendance_{column}"), "attendance", [column])
    op.add_column(
        "ground", sa.Column("channel", sa.String(), nullable=False, server_default="online")
    )
