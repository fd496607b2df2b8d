"""Tables of monitoring."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base


class Card(Base):
    """One signal about one matter (监察牌), for its department to answer (GB/T 39046: 监察信息).

    ``signal`` is a rule's id, ``grade`` 1 提示, 2 黄牌, 3 红牌: raised by one when nobody answers in
    time. ``occasion`` is what gave it, once for each rule. ``number`` is the 监察编号. ``state``:
    raised 待反馈, answered 已反馈, appealed 申诉中, withdrawn 已撤牌, closed 已办结.
    """

    __tablename__ = "card"
    __table_args__ = (
        UniqueConstraint("signal", "occasion"),
        Index("ix_card_desk", "department", "state", "due_on"),
        Index("ix_card_late", "state", "due_on"),
    )

    key: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    signal: Mapped[str]
    occasion: Mapped[str]
    grade: Mapped[int]
    case_number: Mapped[str] = mapped_column(index=True)
    item_name: Mapped[str]
    department: Mapped[str] = mapped_column(ForeignKey("department.code"))
    raised_at: Mapped[datetime]
    due_on: Mapped[date | None]
    state: Mapped[str]
    ended_at: Mapped[datetime | None]

    steps: Mapped[list["CardStep"]] = relationship(order_by="CardStep.id")


class CardStep(Base):
    """What was done about a card (监察记录), by whom, and what was said."""

    __tablename__ = "card_step"

    card_id: Mapped[int] = mapped_column(ForeignKey("card.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    act: Mapped[str]
    words: Mapped[str] = mapped_column(Encrypted("card_step.words"))


class Watch(Base):
    """How far the watching has come (监察进度): the last entry of the record read, the last round."""

    __tablename__ = "watch"

    entry: Mapped[int]
    at: Mapped[datetime]
