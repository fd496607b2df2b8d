"""Tables of finding."""

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.database import Base


class SearchMiss(Base):
    """What was searched for in vain on a day (搜索未果): the words, how often, and nobody's name."""

    __tablename__ = "search_miss"
    __table_args__ = (UniqueConstraint("day", "words"),)

    day: Mapped[date]
    words: Mapped[str] = mapped_column(String(100))
    number: Mapped[int]
