"""Tables of applying."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.cases.models import Case
from servicehall.kernel.database import Base


class Reception(Base):
    """A case handed in at the window of another region (异地代收): who looked at the form, and when.

    The one with ``corrects`` answered a notice (补正); there may be one of each for a case.
    """

    __tablename__ = "reception"
    __table_args__ = (Index("ix_reception_window", "department", "id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    department: Mapped[str] = mapped_column(ForeignKey("department.code"))
    by: Mapped[str]
    at: Mapped[datetime]
    corrects: Mapped[bool]

    case: Mapped[Case] = relationship()
