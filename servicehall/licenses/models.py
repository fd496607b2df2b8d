"""Tables of the license library (电子证照库)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.columns import BlindIndex, Encrypted
from servicehall.kernel.database import Base
from servicehall.licenses.record import TYP, Record, parse
from servicehall.signing.jws import opened


class State(StrEnum):
    """Where a license stands (证照状态). Expired is not a state: it is a matter of the date."""

    INTENT = "intent"  # 制证中: the bytes to be signed are on record, nothing is out yet
    VALID = "valid"  # 有效
    SUSPENDED = "suspended"  # 暂扣
    SUPERSEDED = "superseded"  # 已变更
    CANCELLED = "cancelled"  # 注销
    REVOKED = "revoked"  # 撤销、吊销


_FALLEN = text("state IN ('revoked', 'cancelled') AND traced_at IS NULL")
_UNTRACED: dict[str, Any] = {"sqlite_where": _FALLEN, "postgresql_where": _FALLEN}
_RARE = ("archive_sha256", "supersedes_id")  # few licenses have these


def _known(name: str) -> dict[str, Any]:
    """An index of the rows only that have a value in column *name*."""
    there = text(f"{name} IS NOT NULL")
    return {"sqlite_where": there, "postgresql_where": there}


def normal_code(code: str) -> str:
    """An identity number or credit code in its one spelling, as holders are looked up by."""
    return "".join(code.split()).upper()


class License(Base):
    """One license (电子证照), from the intent to issue it onward; rows are never deleted.

    ``signing`` counts how often it was signed anew (重签): the same bytes under another key.
    ``intent`` is the exact text that is signed, ``jws`` what came of it; what is issued in a batch is
    signed at once and was never an intent: it is empty. ``issue_key`` is the case
    number: a case yields one license. ``code`` is what a person types or a QR code holds.
    ``traced_at``: when what rests on it was looked for, after it fell.
    """

    __tablename__ = "license"
    __table_args__ = (
        UniqueConstraint("issuer", "type", "serial", "version"),
        Index("ix_license_holder_type", "holder_index", "type"),
        Index("ix_license_untraced", "id", **_UNTRACED),
        *[Index(f"ix_license_{name}", name, **_known(name)) for name in _RARE],
    )

    identifier: Mapped[str] = mapped_column(unique=True)
    issue_key: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    status_index: Mapped[int] = mapped_column(unique=True)
    type: Mapped[str]
    issuer: Mapped[str]
    serial: Mapped[str]
    version: Mapped[int]
    party: Mapped[str] = mapped_column(index=True)
    holder_index: Mapped[str] = mapped_column(BlindIndex("license.holder"))
    holder_code: Mapped[str] = mapped_column(Encrypted("license.holder_code"))
    holder_name: Mapped[str] = mapped_column(Encrypted("license.holder_name"))
    state: Mapped[State] = mapped_column(
        Enum(State, native_enum=False, length=16, values_callable=lambda e: [s.value for s in e]),
        index=True,
    )
    state_reason: Mapped[str] = mapped_column(Encrypted("license.state_reason"), default="")
    state_law: Mapped[str] = mapped_column(default="")
    state_at: Mapped[datetime]
    state_by: Mapped[str]
    intent: Mapped[str] = mapped_column(Encrypted("license.intent"))
    jws: Mapped[str | None] = mapped_column(Encrypted("license.jws"))
    pdf_sha256: Mapped[str | None] = mapped_column(index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    issued_at: Mapped[datetime]
    signing: Mapped[int] = mapped_column(default=0, server_default="0")
    archive_sha256: Mapped[str | None]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("license.id"))
    traced_at: Mapped[datetime | None]

    @property
    def payload(self) -> bytes:
        """The exact bytes that are signed: as planned, or as they were where nobody planned them."""
        return self.intent.encode() or opened(self.jws or "", typ=TYP).payload

    @property
    def record(self) -> Record:
        """What was, or is to be, signed."""
        return parse(self.payload)

    @property
    def record_key(self) -> str:
        """Where the signed record is kept in the file store."""
        return f"licenses/{self.issued_at.year}/{self.identifier}{self._again}.jws"

    @property
    def pdf_key(self) -> str:
        """Where the PDF face is kept in the file store."""
        return f"licenses/{self.issued_at.year}/{self.identifier}{self._again}.pdf"

    @property
    def archive_key(self) -> str:
        """Where the PDF for archiving is kept in the file store, once somebody asked for it."""
        return f"licenses/{self.issued_at.year}/{self.identifier}{self._again}.archive.pdf"

    @property
    def _again(self) -> str:
        """What tells the files of a later signature from the first: they are written once."""
        return f".{self.signing}" if self.signing else ""

    def expired(self, today: date) -> bool:
        """Whether its last day has passed; never for one without an end (长期)."""
        return self.valid_to is not None and self.valid_to < today

    def in_force(self, today: date) -> bool:
        """Whether it may be relied on today."""
        return self.state is State.VALID and self.valid_from <= today and not self.expired(today)


class Patrol(Base):
    """One round over every license (证照巡检): how far it came, how many it found faulty."""

    __tablename__ = "license_patrol"

    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    last_id: Mapped[int]
    checked: Mapped[int]
    faulty: Mapped[int]


class LicenseFault(Base):
    """A license that is not as it was issued (证照异常): what is wrong, a line each."""

    __tablename__ = "license_fault"

    license_id: Mapped[int] = mapped_column(ForeignKey("license.id"), index=True)
    said: Mapped[str]
    found_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]


class PastSigning(Base):
    """An earlier signature of a license (证照历次签名), before it was signed anew; never changed.

    Its files are kept, and whoever shows them is told what is true of them.
    """

    __tablename__ = "past_signing"
    __table_args__ = (UniqueConstraint("license_id", "signing"),)

    license_id: Mapped[int] = mapped_column(ForeignKey("license.id"))
    signing: Mapped[int]
    jws: Mapped[str] = mapped_column(Encrypted("past_signing.jws"))
    pdf_sha256: Mapped[str | None] = mapped_column(index=True)
    archive_sha256: Mapped[str | None] = mapped_column(index=True)
    until: Mapped[datetime]
