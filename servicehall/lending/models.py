"""Tables of lending (证照共享)."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.columns import BlindIndex
from servicehall.kernel.database import Base


class LicenseConsent(Base):
    """A department asks a holder to let it see licenses of one type (用证授权), for one item and cause.

    ``state``: asked 待同意, given 已同意, refused 不同意, withdrawn 已撤回. ``slot`` names what is
    asked while it is open or in force, so that nothing is asked twice. ``until`` is the last day.
    """

    __tablename__ = "license_consent"

    key: Mapped[str] = mapped_column(unique=True)
    slot: Mapped[str | None] = mapped_column(BlindIndex("license_consent.slot"), unique=True)
    party: Mapped[str] = mapped_column(index=True)
    department: Mapped[str]
    client: Mapped[str]
    item: Mapped[str]
    cause: Mapped[str]
    type: Mapped[str]
    state: Mapped[str]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    until: Mapped[date]

    def holds(self, today: date) -> bool:
        """Whether licenses may be shown on it today."""
        return self.state == "given" and self.until >= today

    def waits(self, today: date) -> bool:
        """Whether the holder may still answer."""
        return self.state == "asked" and self.until >= today
