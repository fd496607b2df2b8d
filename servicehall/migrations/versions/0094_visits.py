"""Booked visits and the numbers drawn at the windows."""

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0070"


def upgrade() -> None:
    op.create_table(
        "visit_plan",
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("windows", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department"], ["department.code"], name=op.f("fk_visit_plan_department_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_plan")),
        sa.UniqueConstraint("department", name=op.f("uq_visit_plan_department")),
    )
    op.create_table(
        "appointment",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=True),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("booked_at", sa.DateTime(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department"], ["department.code"], name=op.f("fk_appointment_department_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("key", name=op.f("uq_appointment_key")),
        sa.UniqueConstraint(
            "department",
            "day",
            "slot",
            "seat",
            name=op.f("uq_appointment_department_day_slot_seat"),
        ),
    )
    op.create_index(op.f("ix_appointment_party"), "appointment", ["party"])
    op.create_index(op.f("ix_appointment_day"), "appointment", ["day"])
    op.create_table(
        "ticket",
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(), nullable=False),
        sa.Column("called_at", sa.DateTime(), nullable=True),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department"], ["department.code"], name=op.f("fk_ticket_department_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint(
            "department", "day", "number", name=op.f("uq_ticket_department_day_number")
        ),
    )
    op.create_index(op.f("ix_ticket_day"), "ticket", ["day"])
