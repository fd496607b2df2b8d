"""Holding (领办): whose case it is in a department, and who has it open just now; a lock that ends by itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from servicehall.cases.models import Case
from servicehall.identity import directory, policy
from servicehall.kernel.clock import local
from servicehall.kernel.database import Base
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork

LASTS = timedelta(minutes=15)


class CaseHold(Base):
    """Whose case it is in one department (领办): one row for each case and department.

    ``person`` is the account of whoever has it on the desk, "" for nobody; until ``until`` nobody
    else of the department acts on it. Other departments have holds of their own: reviews go on
    side by side.
    """

    __tablename__ = "case_hold"
    __table_args__ = (UniqueConstraint("case_id", "department"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    department: Mapped[str] = mapped_column(ForeignKey("department.code"))
    person: Mapped[str]
    until: Mapped[datetime | None]


def of(work: UnitOfWork, case: Case) -> CaseHold | None:
    """The hold of the actor's department on *case*, if there ever was one."""
    mine = CaseHold.case_id == case.id, CaseHold.department == work.actor.department
    return work.session.scalar(select(CaseHold).where(*mine))


def all_of(work: UnitOfWork, case: Case) -> Sequence[CaseHold]:
    """Every hold on *case* that somebody has now, of any department."""
    held = CaseHold.case_id == case.id, CaseHold.person != ""
    return work.session.scalars(select(CaseHold).where(*held).order_by(CaseHold.id)).all()


def in_the_way(work: UnitOfWork, case: Case) -> CaseHold | None:
    """The running lock of a colleague of the actor's department, if there is one."""
    found = of(work, case) if work.actor.department else None
    if found is None or found.person == work.actor.id or not is_locked(work, found):
        return None
    return found


def is_locked(work: UnitOfWork, hold: CaseHold) -> bool:
    """Whether nobody else may act just now."""
    return hold.until is not None and hold.until > work.now()


def require_free(work: UnitOfWork, case: Case) -> None:
    """Refuse while a colleague has the case open. Raises Conflict saying who, and until when."""
    if hold := in_the_way(work, case):
        raise Conflict(
            N_("%(who)s 正在办理这件事，锁定到 %(until)s；等锁定到期，或者写明理由接手"),
            who=directory.staff_name(work, hold.person), until=_clock(hold),
        )  # fmt: skip


def claim(work: UnitOfWork, case: Case, *, reason: str = "") -> CaseHold:
    """Take the case on one's own desk and lock it for 15 minutes (领办); again goes on from now.

    Whoever takes over from a colleague whose lock runs says why (接手). Raises Invalid without.
    """
    policy.require(work.actor, "case.hold")
    work.hold(case)
    other = in_the_way(work, case)
    if other and len(reason.strip()) < 2:
        raise Invalid(N_("请写明接手的理由"), field="takeover")
    act, told = (
        ("case.taken_over", {"reason": reason.strip()[:100]}) if other else ("case.claimed", {})
    )
    hold = _row(work, case)
    hold.person, hold.until = work.actor.id, work.now() + LASTS
    work.record(act, case.matter, person=case.party, **told)
    return hold


def release(work: UnitOfWork, case: Case) -> None:
    """Give the case back to the department (释放). Raises Conflict where it is not one's own."""
    policy.require(work.actor, "case.hold")
    work.hold(case)
    hold = of(work, case)
    if hold is None or hold.person != work.actor.id:
        raise Conflict(N_("这件事不在您名下，不用释放"))
    hold.person, hold.until = "", None
    work.record("case.released", case.matter, person=case.party)


def assign(work: UnitOfWork, case: Case, person: str) -> CaseHold:
    """Put the case on the desk of a colleague (分派), who is not locked in by that.

    Raises Invalid for somebody of another department, Conflict while another works on it.
    """
    policy.require(work.actor, "case.hold")
    work.hold(case)
    require_free(work, case)
    if person not in colleagues(work):
        raise Invalid(N_("请选择本部门的经办人"), field="person")
    hold = _row(work, case)
    hold.person, hold.until = person, None
    work.record("case.assigned", case.matter, person=case.party, to=person)
    return hold


def give_back(work: UnitOfWork, case: Case) -> None:
    """Take an assignment back (撤销分派); nothing to do where nobody has the case.

    Raises Conflict while a colleague already works on it.
    """
    policy.require(work.actor, "case.hold")
    work.hold(case)
    require_free(work, case)
    hold = of(work, case)
    if hold is not None and hold.person:
        hold.person, hold.until = "", None
        work.record("case.released", case.matter, person=case.party)


def colleagues(work: UnitOfWork) -> dict[str, str]:
    """The names of those of the actor's department who handle cases, by account key."""
    return directory.staff_of(work, work.actor.department, policy.STAFF)


def _row(work: UnitOfWork, case: Case) -> CaseHold:
    found = of(work, case)
    if found is None:
        found = CaseHold(case_id=case.id, department=work.actor.department, person="", until=None)
        work.session.add(found)
    return found


def _clock(hold: CaseHold) -> str:
    return f"{local(hold.until):%H:%M}" if hold.until else ""
