"""Tables of feedback."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.cases.models import Case
from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base


class Rating(Base):
    """One rating of one case (好差评): grade 5 非常满意 to 1 非常不满意, never changed, never hidden."""

    __tablename__ = "rating"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    grade: Mapped[int]
    words: Mapped[str] = mapped_column(Encrypted("rating.words"))
    at: Mapped[datetime]


class Rectification(Base):
    """What the department does about one bad rating (差评整改): answered first, then mended.

    ``state``: open 待回应, answered 已回应, mended 已整改, explained 已说明. A department answers by
    ``answer_by`` and has mended it, or explained why not, by ``mend_by``.
    """

    __tablename__ = "rectification"
    __table_args__ = (Index("ix_rectification_queue", "state", "department", "answer_by"),)

    key: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"), unique=True)
    department: Mapped[str] = mapped_column(ForeignKey("department.code"))
    opened_at: Mapped[datetime]
    answer_by: Mapped[date | None]
    mend_by: Mapped[date | None]
    state: Mapped[str]
    answer: Mapped[str | None] = mapped_column(Encrypted("rectification.answer"))
    answered_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(Encrypted("rectification.result"))
    ended_at: Mapped[datetime | None]
    by: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship()
    rating: Mapped[Rating] = relationship()
