"""Tables of sharing."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.kernel.database import Base
from servicehall.sharing.terms import Dataset, of_body


class Resource(Base):
    """One resource of the catalogue (政务信息资源): declared with the hall, or brought as a sheet.

    ``state``: draft 草稿, published 已发布, withdrawn 已撤销. ``origin``: declared, uploaded.
    ``digest`` is the SHA-256 of a declared ``body``: published once for each wording.
    """

    __tablename__ = "resource"

    code: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    provider: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    origin: Mapped[str]
    body: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    published_at: Mapped[datetime | None]

    @property
    def dataset(self) -> Dataset:
        """What it holds and on what terms."""
        return of_body(self.body)


class ShareRequest(Base):
    """A department asks for data (共享申请): for one item and purpose, these fields and why.

    ``state``: open 待答复, granted 已授权, refused 不同意, withdrawn 已撤回. ``slot`` is what is asked
    while it is open, so that nothing is asked twice. ``due_on``: ten working days (国令第809号).
    """

    __tablename__ = "share_request"
    __table_args__ = (Index("ix_share_request_queue", "state", "due_on"),)

    key: Mapped[str] = mapped_column(unique=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), index=True)
    department: Mapped[str] = mapped_column(index=True)
    item: Mapped[str]
    purpose: Mapped[str]
    fields: Mapped[list[Any]]
    reason: Mapped[str]
    slot: Mapped[str | None] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    due_on: Mapped[date | None]
    state: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(default="")

    resource: Mapped[Resource] = relationship()


class Grant(Base):
    """What a department may take (共享授权): fields of a resource, for one item and purpose.

    Until the end of ``expires_on``, or until its provider ended it (``ended_at``) and said why.
    """

    __tablename__ = "share_grant"
    __table_args__ = (Index("ix_share_grant_of", "item", "resource_id"),)

    key: Mapped[str] = mapped_column(unique=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("share_request.id"))
    department: Mapped[str] = mapped_column(index=True)
    item: Mapped[str]
    purpose: Mapped[str]
    fields: Mapped[list[Any]]
    granted_at: Mapped[datetime]
    granted_by: Mapped[str]
    expires_on: Mapped[date] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")
    end_reason: Mapped[str] = mapped_column(default="")

    resource: Mapped[Resource] = relationship()

    def holds(self, today: date) -> bool:
        """Whether it may be relied on today."""
        return self.ended_at is None and self.expires_on >= today
