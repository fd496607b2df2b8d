"""Tables of cases."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Enum, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.cases.later import Delivery, Extension, HearingRight, Revocation
from servicehall.cases.states import State
from servicehall.catalogue.models import ItemRevision
from servicehall.kernel.columns import BlindIndex, Encrypted
from servicehall.kernel.database import Base
from servicehall.standard.schema import Item

_ENDED = text("closed_at IS NOT NULL")
_CLOSED: dict[str, Any] = {"sqlite_where": _ENDED, "postgresql_where": _ENDED}
_HELD = text("renews_until IS NOT NULL")
_RENEWING: dict[str, Any] = {"sqlite_where": _HELD, "postgresql_where": _HELD}
_SILENT = text("defaults AND agrees IS NULL")
_DEFAULTING: dict[str, Any] = {"sqlite_where": _SILENT, "postgresql_where": _SILENT}


class Case(Base):
    """One matter being handled (办件).

    ``facts`` are what registries said, frozen (prefill.Fact by ``dataset.field``); ``answers`` what
    the applicant said, by question code. ``number`` is given at submission, ``key`` names the case
    in addresses; ``bundle`` is the key of the group that will hand it in (一件事), "" where none will.
    ``renews_until`` is the last day of the license that is to be renewed, where the
    renewal was asked for in time (行政许可法 第50条).
    """

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("party", "submit_key"),
        Index("ix_case_queue", "state", "department", "due_on"),
        Index("ix_case_party", "party", "id"),
        Index("ix_case_done", "department", "closed_at", "id", **_CLOSED),
        Index("ix_case_done_anywhere", "closed_at", "id", **_CLOSED),
        Index("ix_case_silent", "state", "accept_by"),
        Index("ix_case_renews_until", "renews_until", **_RENEWING),
    )

    key: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str | None] = mapped_column(unique=True)
    query_code: Mapped[str | None] = mapped_column(index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("item_revision.id"))
    item_code: Mapped[str] = mapped_column(index=True)
    item_name: Mapped[str]
    department: Mapped[str] = mapped_column(ForeignKey("department.code"))
    party: Mapped[str]
    applicant: Mapped[str] = mapped_column(Encrypted("case.applicant"))
    applicant_index: Mapped[str | None] = mapped_column(BlindIndex("case.applicant"), index=True)
    agent: Mapped[str] = mapped_column(default="")
    bundle: Mapped[str] = mapped_column(default="", server_default="")
    state: Mapped[State] = mapped_column(
        Enum(State, native_enum=False, length=20, values_callable=lambda s: [m.value for m in s])
    )
    facts: Mapped[dict[str, Any]] = mapped_column(Encrypted("case.facts"))
    answers: Mapped[dict[str, Any]] = mapped_column(Encrypted("case.answers"))
    submit_key: Mapped[str | None]
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    accept_by: Mapped[date | None]
    accepted_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    statutory_on: Mapped[date | None]
    supply_by: Mapped[date | None] = mapped_column(index=True)  # 容缺材料补交期限
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(default="")
    reason: Mapped[str | None] = mapped_column(Encrypted("case.reason"))
    closed_at: Mapped[datetime | None]
    renews_until: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    revision: Mapped[ItemRevision] = relationship()
    materials: Mapped[list["CaseMaterial"]] = relationship(order_by="CaseMaterial.id")
    reviews: Mapped[list["Review"]] = relationship(order_by="Review.id")
    pauses: Mapped[list["Pause"]] = relationship(order_by="Pause.id")
    correction: Mapped["Correction | None"] = relationship()
    supplements: Mapped[list["Supplement"]] = relationship(order_by="Supplement.id")
    rechecks: Mapped[list["Recheck"]] = relationship(order_by="Recheck.id")
    extension: Mapped[Extension | None] = relationship()
    hearing: Mapped[HearingRight | None] = relationship()
    delivery: Mapped[Delivery | None] = relationship()
    revocation: Mapped[Revocation | None] = relationship()

    @property
    def item(self) -> Item:
        """The wording this case began under, its sections as often as they may repeat."""
        return self.revision.form

    @property
    def matter(self) -> str:
        """The name under which other rooms know this case."""
        return self.key


class CaseMaterial(Base):
    """One material of one case (办件材料) and how it is supplied.

    ``how``: pending, registry, license, promise (告知承诺), upload, window (容缺，待补交),
    later (补交的，待核对), paper (窗口收到的纸质材料).
    """

    __tablename__ = "case_material"
    __table_args__ = (UniqueConstraint("case_id", "code"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    code: Mapped[str]
    how: Mapped[str] = mapped_column(default="pending")
    evidence: Mapped[dict[str, Any]] = mapped_column(Encrypted("case_material.evidence"))
    file_key: Mapped[str | None] = mapped_column(unique=True)
    file_name: Mapped[str | None] = mapped_column(Encrypted("case_material.file_name"))
    file_type: Mapped[str | None]
    file_size: Mapped[int | None]
    sha256: Mapped[str | None]
    supplied_at: Mapped[datetime | None]


class Review(Base):
    """One department's opinion on one case (部门审查意见); several run side by side (并联审批).

    ``waived_at``: the others decided the matter first, the opinion is no longer needed (不再需要).
    ``defaults``: the item declares that silence beyond ``due_on`` is agreement (超时默认).
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("case_id", "name", "department"),
        Index("ix_review_queue", "department", "agrees", "due_on"),
        Index("ix_review_default", "due_on", **_DEFAULTING),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    name: Mapped[str]
    department: Mapped[str] = mapped_column(ForeignKey("department.code"))
    department_name: Mapped[str]
    due_on: Mapped[date | None]
    defaults: Mapped[bool] = mapped_column(default=False)
    agrees: Mapped[bool | None]
    opinion: Mapped[str | None] = mapped_column(Encrypted("review.opinion"))
    by: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime | None]
    waived_at: Mapped[datetime | None]


class Pause(Base):
    """A special procedure (特别程序) during which the clock stands (行政许可法 第45条).

    The days from ``starts_on`` to ``ended_on``, both included, do not count. A hearing (听证) is held
    on ``held_on`` at ``held_at`` (Chinese time of day, to the minute) in ``place`` by ``presider``
    (第48条); one announced before the hour and the place were asked for has neither (None, "").
    """

    __tablename__ = "pause"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    basis: Mapped[str]
    starts_on: Mapped[date]
    planned_end: Mapped[date]
    ended_on: Mapped[date | None]
    officers: Mapped[str] = mapped_column(default="")
    result: Mapped[str | None] = mapped_column(Encrypted("pause.result"))
    held_on: Mapped[date | None]
    held_at: Mapped[time | None]
    place: Mapped[str] = mapped_column(default="")
    presider: Mapped[str] = mapped_column(default="")


class Correction(Base):
    """The one correction notice of a case (补正告知, 一次性): all points at once."""

    __tablename__ = "correction"
    __table_args__ = (Index("ix_correction_due", "answered_at", "answer_by"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    asked_at: Mapped[datetime]
    by: Mapped[str]
    points: Mapped[list[Any]] = mapped_column(Encrypted("correction.points"))
    answer_by: Mapped[date | None]
    answered_at: Mapped[datetime | None]


class Supplement(Base):
    """What a reviewing department still needs to know (补充请求), asked through the one window only.

    ``passed_at``: the window passed it on to the applicant; ``answer`` is what came back.
    """

    __tablename__ = "supplement"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    department: Mapped[str] = mapped_column(ForeignKey("department.code"))
    department_name: Mapped[str]
    words: Mapped[str] = mapped_column(Encrypted("supplement.words"))
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    passed_at: Mapped[datetime | None]
    passed_by: Mapped[str] = mapped_column(default="")
    answer: Mapped[str | None] = mapped_column(Encrypted("supplement.answer"))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(default="")


class Recheck(Base):
    """One asking anew of what registries said (复核), before the decision or while 待核验.

    ``changes`` are the values that differ: name, before, after and both statuses (see
    ``rechecking.Change``); ``unread`` the datasets that did not answer; ``calls`` the call, the
    request's hash and the time of each that did.
    """

    __tablename__ = "recheck"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    changes: Mapped[list[Any]] = mapped_column(Encrypted("recheck.changes"))
    unread: Mapped[list[Any]]
    calls: Mapped[dict[str, Any]]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[str] = mapped_column(default="")


class PendingCheck(Base):
    """A case with values nobody has verified yet (待核验): when the hall asks by itself again."""

    __tablename__ = "pending_check"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    due_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int]

    case: Mapped[Case] = relationship()
