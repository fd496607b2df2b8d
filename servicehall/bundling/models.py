"""Tables of bundles handed in."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.cases.models import Case
from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base


class CaseGroup(Base):
    """One thing handed in at once (一件事主办件): its children are cases like any other.

    ``said`` answers which items are called for; ``way`` is the longest way through them as
    ``[item code, working days]``, and ``days`` its length, both as promised at submission.
    """

    __tablename__ = "case_group"
    __table_args__ = (UniqueConstraint("party", "submit_key"),)

    key: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str | None] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    lead: Mapped[str] = mapped_column(ForeignKey("department.code"))
    party: Mapped[str] = mapped_column(index=True)
    applicant: Mapped[str] = mapped_column(Encrypted("case_group.applicant"))
    said: Mapped[dict[str, Any]] = mapped_column(Encrypted("case_group.said"))
    submit_key: Mapped[str | None]
    begun_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    days: Mapped[int | None]
    way: Mapped[list[Any]]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    members: Mapped[list["GroupMember"]] = relationship(order_by="GroupMember.id")

    @property
    def matter(self) -> str:
        """The name under which other rooms know this group."""
        return self.key


class GroupMember(Base):
    """One case of a group (子办件); ``after`` are the codes of the items it waits for."""

    __tablename__ = "group_member"
    __table_args__ = (UniqueConstraint("group_id", "item_code"),)

    group_id: Mapped[int] = mapped_column(ForeignKey("case_group.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    item_code: Mapped[str]
    after: Mapped[list[Any]]

    case: Mapped[Case] = relationship()
    group: Mapped[CaseGroup] = relationship(overlaps="members")
