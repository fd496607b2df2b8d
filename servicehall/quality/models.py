"""Tables of quality."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.columns import BlindIndex, Encrypted
from servicehall.kernel.database import Base


class Measure(Base):
    """The figures of one resource at one comparison (数据质量评价): counts only.

    ``filled`` of ``cells`` say completeness, ``timely`` of ``records`` timeliness; ``cleaned`` counts
    values that were written otherwise and became one by tidying.
    """

    __tablename__ = "measure"
    __table_args__ = (Index("ix_measure_of", "resource", "at"),)

    resource: Mapped[str]
    base: Mapped[str]
    at: Mapped[datetime]
    as_of: Mapped[date]
    records: Mapped[int]
    cells: Mapped[int]
    filled: Mapped[int]
    timely: Mapped[int]
    cleaned: Mapped[int]
    differs: Mapped[int]
    unknown: Mapped[int]
    absent: Mapped[int]
    duplicate: Mapped[int]

    @property
    def complete_percent(self) -> int:
        """Values that are there, of those that should be, rounded down."""
        return 100 * self.filled // self.cells if self.cells else 100

    @property
    def timely_percent(self) -> int:
        """Records brought up to date within the resource's cycle, rounded down."""
        return 100 * self.timely // self.records if self.records else 100

    @property
    def found(self) -> int:
        """How many conflicts the comparison found."""
        return self.differs + self.unknown + self.absent + self.duplicate


class DataConflict(Base):
    """One conflict between a register and its base library (数据冲突), for its owner to answer.

    ``subject`` is the registers' pseudonym, resolved by them alone. ``kind``: differs, unknown,
    absent, duplicate (rules.KINDS); ``field`` with ``ours`` (the register's value) and ``theirs``
    (the base's) where they differ. ``owner`` answers; once ``passed`` it is the base's department.
    ``state``: open, corrected 已更正, explained 已说明, resolved 已消除. ``slot`` is taken while it is
    open; ``sameness`` knows an explained one again.
    """

    __tablename__ = "data_conflict"
    __table_args__ = (Index("ix_data_conflict_queue", "owner", "state", "due_on"),)

    key: Mapped[str] = mapped_column(unique=True)
    resource: Mapped[str] = mapped_column(index=True)
    base: Mapped[str]
    subject: Mapped[str]
    kind: Mapped[str]
    field: Mapped[str]
    ours: Mapped[str] = mapped_column(Encrypted("data_conflict.ours"))
    theirs: Mapped[str] = mapped_column(Encrypted("data_conflict.theirs"))
    sameness: Mapped[str] = mapped_column(BlindIndex("data_conflict.sameness"), index=True)
    owner: Mapped[str]
    slot: Mapped[str | None] = mapped_column(unique=True)
    opened_at: Mapped[datetime]
    due_on: Mapped[date | None]
    state: Mapped[str]
    passed: Mapped[str | None] = mapped_column(Encrypted("data_conflict.passed"))
    answer: Mapped[str | None] = mapped_column(Encrypted("data_conflict.answer"))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(default="")
