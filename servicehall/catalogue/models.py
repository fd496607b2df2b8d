"""Tables of the catalogue: the wordings, and one searchable entry for each item."""

from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.kernel.database import Base
from servicehall.standard import schema


class ItemRevision(Base):
    """One published wording of an item (事项版本); it never changes, cases stay with theirs."""

    __tablename__ = "item_revision"
    __table_args__ = (UniqueConstraint("code", "digest"),)

    code: Mapped[str] = mapped_column(index=True)
    digest: Mapped[str]  # SHA-256 of the body in canonical JSON (RFC 8785)
    body: Mapped[dict[str, Any]]  # what differs from the defaults of schema.Item
    published_at: Mapped[datetime]

    @cached_property
    def item(self) -> schema.Item:
        """The wording, read once (lists become tuples, texts become dates and types)."""
        return schema.Item.model_validate(self.body, strict=False)


class ItemEntry(Base):
    """One item (事项) as lists and search know it: derived whole from the wording in force.

    ``state`` alone is not derived: in_use 在用, suspended 暂停, cancelled 取消 (STANDARDS 1.4).
    """

    __tablename__ = "item_entry"

    code: Mapped[str] = mapped_column(unique=True)
    current_id: Mapped[int] = mapped_column(ForeignKey("item_revision.id"), index=True)
    state: Mapped[str] = mapped_column(default="in_use")
    name: Mapped[str]
    name_en: Mapped[str]
    summary: Mapped[str] = mapped_column(Text)
    summary_en: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(index=True)
    department_name: Mapped[str]
    region: Mapped[str]
    type: Mapped[str]
    themes: Mapped[str]  # ",natural-030,legal-010,"
    objects: Mapped[str]  # ",natural_person,enterprise,"
    natural: Mapped[bool]
    legal: Mapped[bool]
    instant: Mapped[bool]
    applicable: Mapped[bool] = mapped_column(index=True)
    promised_days: Mapped[int | None]
    promised_unit: Mapped[str]
    visits: Mapped[int]
    exempt_count: Mapped[int]
    origin: Mapped[str]  # whence an imported entry comes, "" for our own
    name_key: Mapped[str]  # the name as search compares it
    alias_key: Mapped[str] = mapped_column(Text)
    search_text: Mapped[str] = mapped_column(Text)

    current: Mapped[ItemRevision] = relationship()
