"""Later (办件的后半生): tables of what may follow acceptance: extension, hearing, delivery, revocation."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base

_WAITING = text("delivered_at IS NULL AND late_at IS NULL")


class Extension(Base):
    """The one extension of a case (延期): asked for with a reason, approved by a second person.

    ``days`` are working days. While ``approved`` is None it waits for the head (行政许可法 第42条).
    """

    __tablename__ = "extension"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    days: Mapped[int]
    reason: Mapped[str] = mapped_column(Encrypted("extension.reason"))
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    approved: Mapped[bool | None]
    answer: Mapped[str | None] = mapped_column(Encrypted("extension.answer"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(default="")


class HearingRight(Base):
    """The right to a hearing (听证权利): told before the decision, asked for until ``ask_by``.

    ``reason`` and ``asked_at`` are the party's; asked for, it is held by ``hold_by`` (第47条).
    """

    __tablename__ = "hearing_right"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    told_at: Mapped[datetime]
    told_by: Mapped[str]
    ask_by: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(Encrypted("hearing_right.reason"))
    asked_at: Mapped[datetime | None]
    hold_by: Mapped[date | None]


class Delivery(Base):
    """How the result of a case reaches the applicant (送达), within ten days (行政许可法 第44条).

    ``how``: electronic, window, post; ``address`` where it is posted to, ``taken_by`` who took it,
    ``proof`` the waybill or what proved who took it. ``late_at`` is when the timer said it is late.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_due", "due_on", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    how: Mapped[str]
    address: Mapped[str | None] = mapped_column(Encrypted("delivery.address"))
    due_on: Mapped[date | None]
    made_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    taken_by: Mapped[str | None] = mapped_column(Encrypted("delivery.taken_by"))
    proof: Mapped[str | None] = mapped_column(Encrypted("delivery.proof"))
    by: Mapped[str] = mapped_column(default="")
    late_at: Mapped[datetime | None]


class Revocation(Base):
    """The revocation of what was granted (撤销, 行政许可法 第69条): told, heard, decided.

    ``statement`` is what the party said to it (陈述申辩) until ``hear_by``; ``revoked`` is None while
    nobody has decided.
    """

    __tablename__ = "revocation"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    reason: Mapped[str] = mapped_column(Encrypted("revocation.reason"))
    law: Mapped[str]
    told_at: Mapped[datetime]
    told_by: Mapped[str]
    hear_by: Mapped[date | None]
    statement: Mapped[str | None] = mapped_column(Encrypted("revocation.statement"))
    stated_at: Mapped[datetime | None]
    revoked: Mapped[bool | None]
    answer: Mapped[str | None] = mapped_column(Encrypted("revocation.answer"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(default="")
