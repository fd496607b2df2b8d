"""Tables of disputes."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base
from servicehall.licenses.models import License


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


class LicenseReview(Base):
    """A license that rests on what no longer holds, for its issuer to look at again (证照复查).

    Either a ``dispute`` corrected a value: ``about`` is the fact, ``was`` and ``now`` its value
    before and after; or the license ``fallen`` was revoked or cancelled, on which it was granted:
    ``about`` is its identifier. ``state``: open, kept 维持, reissued 换发, revoked 撤销; ``reason``
    and ``law`` say why.
    """

    __tablename__ = "license_review"
    __table_args__ = (
        UniqueConstraint("dispute_id", "license_id"),
        UniqueConstraint("fallen_id", "license_id"),
        Index("ix_license_review_queue", "issuer", "state", "due_on"),
    )

    key: Mapped[str] = mapped_column(unique=True)
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("dispute.id"))
    fallen_id: Mapped[int | None] = mapped_column(ForeignKey("license.id"))
    license_id: Mapped[int] = mapped_column(ForeignKey("license.id"), index=True)
    issuer: Mapped[str]
    party: Mapped[str] = mapped_column(index=True)
    about: Mapped[str]
    was: Mapped[str] = mapped_column(Encrypted("license_review.was"))
    now: Mapped[str] = mapped_column(Encrypted("license_review.now"))
    opened_at: Mapped[datetime]
    due_on: Mapped[date | None]
    state: Mapped[str]
    reason: Mapped[str | None] = mapped_column(Encrypted("license_review.reason"))
    law: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(default="")

    license: Mapped[License] = relationship(foreign_keys=[license_id])
    dispute: Mapped[Dispute | None] = relationship()
    fallen: Mapped[License | None] = relationship(foreign_keys=[fallen_id])

    @property
    def dataset(self) -> str:
        """The dataset of the corrected value."""
        return self.about.rpartition(".")[0]

    @property
    def field(self) -> str:
        """The field of the corrected value."""
        return self.about.rpartition(".")[2]
