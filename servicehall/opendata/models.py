"""Tables of open data."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.database import Base


class OpenEdition(Base):
    """When an open dataset was last published, and how many rows it has (开放数据版本)."""

    __tablename__ = "open_edition"

    dataset: Mapped[str] = mapped_column(unique=True)
    published_at: Mapped[datetime]
    rows: Mapped[int]


class OpenRow(Base):
    """One row of an open dataset (开放数据行); ``words`` is what it is found by, in small letters."""

    __tablename__ = "open_row"
    __table_args__ = (UniqueConstraint("dataset", "key"),)

    dataset: Mapped[str]
    key: Mapped[str]
    body: Mapped[dict[str, Any]]
    words: Mapped[str] = mapped_column(Text)
