"""Tables of aggregation (证照归集)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, Index
from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.columns import BlindIndex, Encrypted
from servicehall.kernel.database import Base
from servicehall.licenses.models import State


class Trust(StrEnum):
    """How far a gathered license is to be trusted (可信等级, STANDARDS 3.7): A and D as the
    standard has them, B and C ours between them."""

    A = "A"  # 业务系统签发并签名: the signed record was proven when it came
    B = "B"  # 业务系统的电子记录，没有签名
    C = "C"  # 按纸质底册补录
    D = "D"  # 历史证照扫描件


class GatheredLicense(Base):
    """A license issued elsewhere (归集证照), as its source told it last; the source keeps the original.

    ``source`` is the system that gives it, ``key`` what names it there: its identifier (GB/T
    36904), or type, issuer and number. ``digest`` is the SHA-256 of the row it came from: the same
    row again changes nothing. ``state`` is never ``intent``.
    """

    __tablename__ = "gathered_license"
    __table_args__ = (Index("ix_gathered_license_holder_type", "holder_index", "type"),)

    source: Mapped[str] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(BlindIndex("gathered_license.key"), unique=True)
    identifier: Mapped[str] = mapped_column(Encrypted("gathered_license.identifier"))
    number: Mapped[str] = mapped_column(Encrypted("gathered_license.number"))
    type: Mapped[str]
    issuer: Mapped[str]
    issuer_name: Mapped[str]
    region: Mapped[str]
    holder_index: Mapped[str] = mapped_column(BlindIndex("license.holder"))
    holder_type: Mapped[str]
    holder_code: Mapped[str] = mapped_column(Encrypted("gathered_license.holder_code"))
    holder_name: Mapped[str] = mapped_column(Encrypted("gathered_license.holder_name"))
    faces: Mapped[dict[str, Any]] = mapped_column(Encrypted("gathered_license.faces"))
    issued_on: Mapped[date]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    state: Mapped[State] = mapped_column(
        Enum(State, native_enum=False, length=16, values_callable=lambda e: [s.value for s in e])
    )
    trust: Mapped[Trust] = mapped_column(
        Enum(Trust, native_enum=False, length=1, values_callable=lambda e: [t.value for t in e])
    )
    jws: Mapped[str | None] = mapped_column(Encrypted("gathered_license.jws"))
    file_key: Mapped[str | None]
    digest: Mapped[str]
    gathered_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)

    def in_force(self, today: date) -> bool:
        """Whether its source holds it for valid today."""
        ended = self.valid_to is not None and self.valid_to < today
        return self.state is State.VALID and self.valid_from <= today and not ended
