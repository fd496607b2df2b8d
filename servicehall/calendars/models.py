"""Tables of calendars."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.database import Base


class CalendarChange(Base):
    """One change of the working calendar (日历调整): a day, or the first day of a new year.

    ``recounted_at`` is when every open case was counted again because of it.
    """

    __tablename__ = "calendar_change"

    day: Mapped[date] = mapped_column(index=True)
    worked: Mapped[bool]
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    recounted_at: Mapped[datetime | None] = mapped_column(index=True)
