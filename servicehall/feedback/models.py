"""Tables of feedback."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base


class Rating(Base):
    """One rating of one case (好差评): grade 5 非常满意 to 1 非常不满意, never changed, never hidden."""

    __tablename__ = "rating"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    grade: Mapped[int]
    words: Mapped[str] = mapped_column(Encrypted("rating.words"))
    at: Mapped[datetime]
