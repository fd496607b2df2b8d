"""Tables of visits; the least there is to know, gone after a week."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.database import Base


class VisitPlan(Base):
    """When a department's windows are open (窗口开放时间): spans in minutes of the day, how many windows."""

    __tablename__ = "visit_plan"

    department: Mapped[str] = mapped_column(ForeignKey("department.code"), unique=True)
    spans: Mapped[list[Any]]
    minutes: Mapped[int]  # of one slot
    windows: Mapped[int]  # so many people in each slot


class Appointment(Base):
    """One booked visit (预约): a day, a slot (its first minute) and a seat in it that nobody else has.

    ``seat`` is None once the booking was cancelled: the seat is free again. ``reminded_at`` is when
    the notice of the day before went out.
    """

    __tablename__ = "appointment"
    __table_args__ = (UniqueConstraint("department", "day", "slot", "seat"),)

    key: Mapped[str] = mapped_column(unique=True)
    party: Mapped[str] = mapped_column(index=True)
    department: Mapped[str] = mapped_column(ForeignKey("department.code"))
    day: Mapped[date] = mapped_column(index=True)
    slot: Mapped[int]
    seat: Mapped[int | None]
    item: Mapped[str]
    booked_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]


class Ticket(Base):
    """One number drawn in the hall (取号); it names nobody.

    ``state``: waiting, called, served, no_show. ``slot`` is the booked slot, None for who walked in.
    """

    __tablename__ = "ticket"
    __table_args__ = (UniqueConstraint("department", "day", "number"),)

    department: Mapped[str] = mapped_column(ForeignKey("department.code"))
    day: Mapped[date] = mapped_column(index=True)
    number: Mapped[int]
    slot: Mapped[int | None]
    state: Mapped[str]
    drawn_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    window: Mapped[str] = mapped_column(default="")
    by: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
