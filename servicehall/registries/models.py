"""Tables of registries."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base


class Ground(Base):
    """The ground on which registries may be asked (使用依据): opened and closed by its owner.

    ``matter`` is the key of the case, ``party`` for whom; ``needs`` the fields declared by the item, dataset by
    dataset; ``consent`` the SHA-256 of the words agreed to; ``revoked_at`` when they were taken back;
    ``channel`` is where they were agreed to: online, or on paper at the ``window``.
    """

    __tablename__ = "ground"
    __table_args__ = (
        CheckConstraint("matter <> '' AND item <> '' AND party <> ''", "ground_is_of_a_case"),
    )

    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    matter: Mapped[str] = mapped_column(unique=True)
    party: Mapped[str] = mapped_column(index=True)
    item: Mapped[str]
    needs: Mapped[dict[str, Any]]
    consent: Mapped[str]
    channel: Mapped[str] = mapped_column(default="online")
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class RegistryCall(Base):
    """One question to a registry (数据核验调用); never without a ground."""

    __tablename__ = "registry_call"
    __table_args__ = (
        CheckConstraint("purpose <> '' AND actor <> ''", "registry_call_has_a_purpose"),
    )

    key: Mapped[str] = mapped_column(unique=True)
    ground_id: Mapped[int] = mapped_column(ForeignKey("ground.id"), index=True)
    dataset: Mapped[str]
    fields: Mapped[list[Any]]
    purpose: Mapped[str]
    actor: Mapped[str]
    subject: Mapped[str] = mapped_column(Encrypted("registry_call.subject"))
    asked_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(default="asked")
    answered_at: Mapped[datetime | None]
    request_hash: Mapped[str] = mapped_column(default="")
    response_hash: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    milliseconds: Mapped[int] = mapped_column(default=0)

    ground: Mapped[Ground] = relationship()
