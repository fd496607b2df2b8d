"""Tables of payments."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base


class Bill(Base):
    """What is owed for one matter (缴费单), in fen; paid once, by one transaction."""

    __tablename__ = "bill"

    matter: Mapped[str] = mapped_column(unique=True)
    party: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    fen: Mapped[int]
    raised_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    transaction: Mapped[str | None] = mapped_column(unique=True)


class Payout(Base):
    """A benefit to be paid (发放单), in fen; once for a matter."""

    __tablename__ = "payout"

    matter: Mapped[str] = mapped_column(unique=True)
    party: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    fen: Mapped[int]
    account: Mapped[str] = mapped_column(Encrypted("payout.account"))
    ordered_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
