"""Tables of the desk; both are derived from cases (see following and recounting)."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.database import Base

# As the queries say it, word for word: an engine uses an index over some rows only if it can see
# that the query asks for no others.
_LEAD: dict[str, Any] = {"sqlite_where": text("lead = 1"), "postgresql_where": text("lead")}
_TAKEN: dict[str, Any] = {
    "sqlite_where": text("assignee <> ''"),
    "postgresql_where": text("assignee <> ''"),
}


class Task(Base):
    """One open step of one case at one department (待办).

    ``step``: accept, review, decide, paused, correction, relay. ``lead`` marks the one row of the
    department that handles the case, which the one window lists too. On ``yellow_on`` half of the
    time is used, on ``red_on`` nine tenths; a date nobody can know yet is ``steps.UNKNOWN``.
    ``assignee`` is whoever has the case on the desk, "" for nobody.
    """

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("case_id", "department", "step"),
        Index("ix_task_desk", "department", "step", "due_on", "id"),
        Index("ix_task_desk_item", "department", "step", "item_code", "due_on", "id"),
        Index("ix_task_window", "step", "due_on", "id", **_LEAD),
        Index("ix_task_window_item", "step", "item_code", "due_on", "id", **_LEAD),
        Index("ix_task_window_region", "step", "region", "due_on", "id", **_LEAD),
        Index("ix_task_mine", "assignee", "due_on", "id", **_TAKEN),
    )  # fmt: skip

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    department: Mapped[str] = mapped_column(ForeignKey("department.code"))
    step: Mapped[str]
    lead: Mapped[bool]
    item_code: Mapped[str]
    region: Mapped[str]
    begun_on: Mapped[date]
    yellow_on: Mapped[date]
    red_on: Mapped[date]
    due_on: Mapped[date]
    assignee: Mapped[str]


class Tally(Base):
    """How many cases lie in one list of one department (待办计数); department "" is the one window."""

    __tablename__ = "tally"
    __table_args__ = (UniqueConstraint("department", "step"),)

    department: Mapped[str]
    step: Mapped[str]
    count: Mapped[int]
