"""Tables of the catalogue: the wordings, and one searchable entry for each item."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.kernel.database import Base
from servicehall.standard import repeats, schema


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

    @cached_property
    def form(self) -> schema.Item:
        """The wording with every section as often as it may repeat (重复项), as cases meet it."""
        return repeats.unfolded(self.item)


class ItemEntry(Base):
    """One item (事项) as lists and search know it: derived whole from the wording in force.

    Two columns are not derived: ``state`` (in_use 在用, suspended 暂停, cancelled 取消,
    STANDARDS 1.4) and ``notice``, what people are told about a suspension or cancellation that
    stands or comes (state, reason, starts_on, ends_on), empty where there is none.
    """

    __tablename__ = "item_entry"
    __table_args__ = (
        Index("ix_item_entry_name_id_region", "name_id", "region"),
        Index("ix_item_entry_prose_id_region", "prose_id", "region"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    current_id: Mapped[int] = mapped_column(ForeignKey("item_revision.id"), index=True)
    state: Mapped[str] = mapped_column(default="in_use")
    notice: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    name: Mapped[str]
    name_en: Mapped[str]
    summary: Mapped[str] = mapped_column(Text)
    summary_en: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(index=True)
    department_name: Mapped[str]
    region: Mapped[str]
    level: Mapped[int] = mapped_column(default=4)  # 行使层级
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
    aliases: Mapped[str] = mapped_column(Text, default="")  # 日常用语, one a line
    name_id: Mapped[int | None] = mapped_column(BigInteger)  # by what search finds it: see upkeep
    prose_id: Mapped[int | None] = mapped_column(BigInteger)

    current: Mapped[ItemRevision] = relationship()


class ItemDraft(Base):
    """A wording in the making (事项草稿): written by one person, put in force by another.

    ``author`` holds it since ``held_since``; ``authors`` are the keys of all who ever did
    (",a,b,"): none of them may publish it. ``takeover`` says who had it before, and why no more.
    ``state``: open 草稿, proposed 送审, approved 待生效, published 已发布, withdrawn 已撤销. At most
    one of an item is unfinished: it holds the item's code in ``slot``. ``body`` need not hold yet.
    """

    __tablename__ = "item_draft"
    __table_args__ = (
        CheckConstraint("publisher <> author", name="two_persons"),
        CheckConstraint(
            "replace(authors, ',' || author || ',', '') <> authors", name="author_among_authors"
        ),
        CheckConstraint(
            "replace(authors, ',' || publisher || ',', '') = authors", name="publisher_no_author"
        ),
    )

    code: Mapped[str] = mapped_column(index=True)
    slot: Mapped[str | None] = mapped_column(unique=True)
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("item_revision.id"))
    body: Mapped[dict[str, Any]]
    state: Mapped[str]
    author: Mapped[str]  # the account's key, as in the record
    author_name: Mapped[str]
    authors: Mapped[str] = mapped_column(Text)
    held_since: Mapped[datetime]
    takeover: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    publisher: Mapped[str | None]
    publisher_name: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(Text, default="")  # what changes and why
    returned: Mapped[str] = mapped_column(Text, default="")  # why it came back
    effective_on: Mapped[date | None]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("item_revision.id"))
    opened_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    proposed_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    based_on: Mapped[ItemRevision | None] = relationship(foreign_keys=based_on_id)
    revision: Mapped[ItemRevision | None] = relationship(foreign_keys=revision_id)


class ItemPlan(Base):
    """A suspension or cancellation with its days (暂停取消安排): one person asks, another agrees.

    ``status``: proposed 待同意, agreed 待执行, running 执行中, ended 已结束, withdrawn 已撤销. It runs
    from ``starts_on`` to ``ends_on``, both included; an unfinished one holds the code in ``slot``.
    """

    __tablename__ = "item_plan"
    __table_args__ = (CheckConstraint("approver <> author", name="two_persons"),)

    code: Mapped[str] = mapped_column(index=True)
    slot: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[str]  # suspended, cancelled
    reason: Mapped[str] = mapped_column(Text)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    status: Mapped[str]
    author: Mapped[str]
    author_name: Mapped[str]
    approver: Mapped[str | None]
    approver_name: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
