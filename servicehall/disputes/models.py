"""Tables of disputes."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base


class Dispute(Base):
    """One party's objection (异议) to a value (数据有误) or to a look at their data (质疑查询).

    ``kind``: data, look. ``about``: the fact ``dataset.field``, or the number of the look on the
    record. ``matter``: the case in which the value was met. ``owner``: credit code of the department
    that answers for the dataset; empty where the auditors answer. ``slot`` is ``about`` while the
    dispute is open, so that there is one at a time. ``state``: open, corrected 已更正,
    explained 已说明, withdrawn 已撤回.
    """

    __tablename__ = "dispute"
    __table_args__ = (Index("ix_dispute_queue", "owner", "state", "due_on"),)

    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    party: Mapped[str] = mapped_column(index=True)
    about: Mapped[str]
    matter: Mapped[str] = mapped_column(index=True)
    owner: Mapped[str]
    slot: Mapped[str | None] = mapped_column(unique=True)
    shown: Mapped[str] = mapped_column(Encrypted("dispute.shown"))
    said: Mapped[str] = mapped_column(Encrypted("dispute.said"))
    opened_at: Mapped[datetime]
    due_on: Mapped[date | None]
    state: Mapped[str]
    answer: Mapped[str | None] = mapped_column(Encrypted("dispute.answer"))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(default="")

    @property
    def dataset(self) -> str:
        """The dataset of a disputed value, "" for a look."""
        return self.about.rpartition(".")[0]

    @property
    def field(self) -> str:
        """The field of a disputed value."""
        return self.about.rpartition(".")[2]
