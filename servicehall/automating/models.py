"""Tables of what is decided by rule."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.cases.models import Case
from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base


class InstantDecision(Base):
    """What the published rules said of one case (秒批判断), once: granted, or for a person to decide.

    ``verdicts`` hold for each rule its code, name, outcome, law, and the facts with call and time;
    ``reason`` why a person decides. ``drawn``: for the re-check by a person (抽查), None before the
    draw; ``sound`` is what that person found.
    """

    __tablename__ = "instant_decision"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    at: Mapped[datetime]
    granted: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")
    digest: Mapped[str]  # of the item's wording whose rules these are
    verdicts: Mapped[list[Any]] = mapped_column(Encrypted("instant_decision.verdicts"))
    drawn: Mapped[bool | None]
    sound: Mapped[bool | None]
    note: Mapped[str | None] = mapped_column(Encrypted("instant_decision.note"))
    looked_by: Mapped[str] = mapped_column(default="")
    looked_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
