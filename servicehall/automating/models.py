"""Tables of what is decided by rule."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
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


class Entitlement(Base):
    """What somebody is entitled to and was asked about, once a period (免申即享): offered, accepted,
    declined. Why is not kept: the rule is the item's, and the registry is asked anew for the case.
    """

    __tablename__ = "entitlement"
    __table_args__ = (UniqueConstraint("party", "item", "period"),)

    key: Mapped[str] = mapped_column(unique=True)
    party: Mapped[str] = mapped_column(index=True)
    item: Mapped[str]
    period: Mapped[str]
    state: Mapped[str]
    offered_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
