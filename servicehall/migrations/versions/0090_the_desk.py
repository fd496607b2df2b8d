"""What waits for whom, counted; whose a case is; finding a case by its applicant."""

import sqlalchemy as sa
from alembic import op

from servicehall.kernel.columns import BlindIndex, Encrypted

revision = "0090"
down_revision = "0042"


def upgrade() -> None:
    op.create_table(
        "case_hold",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_hold_case_id_case")),
        sa.ForeignKeyConstraint(
            ["department"], ["department.code"], name=op.f("fk_case_hold_department_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_hold")),
        sa.UniqueConstraint("case_id", "department", name=op.f("uq_case_hold_case_id_department")),
    )
    op.create_table(
        "tally",
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally")),
        sa.UniqueConstraint("department", "step", name=op.f("uq_tally_department_step")),
    )
    op.create_table(
        "task",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("yellow_on", sa.Date(), nullable=False),
        sa.Column("red_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("assignee", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_task_case_id_case")),
        sa.ForeignKeyConstraint(
            ["department"], ["department.code"], name=op.f("fk_task_department_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint(
            "case_id", "department", "step", name=op.f("uq_task_case_id_department_step")
        ),
    )
    op.create_index("ix_task_desk", "task", ["department", "step", "due_on", "id"])
    op.create_index(
        "ix_task_desk_item", "task", ["department", "step", "item_code", "due_on", "id"]
    )
    _partial("ix_task_window", "task", ["step", "due_on", "id"], "lead")
    _partial("ix_task_window_item", "task", ["step", "item_code", "due_on", "id"], "lead")
    _partial("ix_task_window_region", "task", ["step", "region", "due_on", "id"], "lead")
    _partial("ix_task_mine", "task", ["assignee", "due_on", "id"], "assignee <> ''")
    op.drop_index("ix_case_party", "case")
    op.create_index("ix_case_party", "case", ["party", "id"])
    _partial("ix_case_done", "case", ["department", "closed_at", "id"], "closed_at IS NOT NULL")
    _partial("ix_case_done_anywhere", "case", ["closed_at", "id"], "closed_at IS NOT NULL")
    _partial("ix_case_silent", "case", ["accept_by"], "state = 'submitted'")
    _partial("ix_case_unfinished", "case", ["id"], "state = 'granted'")
    op.add_column("case", sa.Column("applicant_index", sa.String(32), nullable=True))
    op.create_index(op.f("ix_case_applicant_index"), "case", ["applicant_index"])
    op.create_index(op.f("ix_case_query_code"), "case", ["query_code"])
    _index_names()


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def _index_names() -> None:
    """Cases of before are found by their applicant too; ``desk rebuild`` fills the desk."""
    connection = op.get_bind()
    case = sa.table(
        "case", sa.column("id", sa.Integer()), sa.column("applicant", Encrypted("case.applicant")),
        sa.column("applicant_index", BlindIndex("case.applicant")),
    )  # fmt: skip
    for number, name in connection.execute(sa.select(case.c.id, case.c.applicant)).all():
        connection.execute(sa.update(case).where(case.c.id == number).values(applicant_index=name))
