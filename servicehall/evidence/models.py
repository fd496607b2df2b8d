"""Tables of evidence."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base
from servicehall.registries.models import RegistryCall


class TimestampBatch(Base):
    """Exchanges that one timestamp covers (时间戳批次): ``token`` is RFC 3161 over the tree's root.

    ``root`` is the Merkle tree hash in hex, ``token`` base64 of the DER.
    """

    __tablename__ = "timestamp_batch"

    at: Mapped[datetime]
    size: Mapped[int]
    root: Mapped[str]
    token: Mapped[str]


class Exchange(Base):
    """One question and its signed answer, byte for byte (交换原件), beside its call.

    ``request`` is base64, ``response`` the compact JWS; both go when the time of keeping is over,
    the ``leaf`` (hex) stays so that the batch can be checked. ``place`` counts from 0 in the batch.
    """

    __tablename__ = "exchange"
    __table_args__ = (UniqueConstraint("batch_id", "place"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("registry_call.id"), unique=True)
    request: Mapped[str | None] = mapped_column(Encrypted("exchange.request"))
    response: Mapped[str | None] = mapped_column(Encrypted("exchange.response"))
    leaf: Mapped[str]
    kept_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None] = mapped_column(index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("timestamp_batch.id"))
    place: Mapped[int | None]

    call: Mapped[RegistryCall] = relationship()
    batch: Mapped[TimestampBatch | None] = relationship()
