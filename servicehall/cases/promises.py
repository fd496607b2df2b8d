"""Promises (告知承诺): what was promised instead of proven, what the check afterwards found, what follows.

Whoever broke a promise and did not put it right proves from then on (国办发〔2020〕42号).
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.cases.models import Case
from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.standard.schema import Material

STATES: dict[str, str] = {
    "open": N_("待核查"), "kept": N_("核查相符"), "broken": N_("承诺不实，待改正"),
    "repaired": N_("已改正"),
}  # fmt: skip


class PromiseCheck(Base):
    """The check of one promise after the decision (承诺核查): open, kept, broken, repaired.

    ``note`` says what was found; what was broken bars further promises until it is repaired.
    """

    __tablename__ = "promise_check"
    __table_args__ = (UniqueConstraint("case_id", "material"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    material: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    due_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(Encrypted("promise_check.note"))
    by: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime | None]
    repaired_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()

    @property
    def declared(self) -> Material:
        """The paper that the promise stood for, as the case's wording has it."""
        return next(m for m in self.case.item.materials if m.code == self.material)


def of_case(work: UnitOfWork, case: Case) -> Sequence[PromiseCheck]:
    """The checks of what was promised in *case*."""
    query = select(PromiseCheck).filter_by(case_id=case.id).order_by(PromiseCheck.id)
    return work.session.scalars(query).all()


def broken(work: UnitOfWork, party: str) -> PromiseCheck | None:
    """A promise that *party* broke and did not put right, if there is one."""
    query = (
        select(PromiseCheck).join(Case).where(Case.party == party, PromiseCheck.state == "broken")
    )
    return work.session.scalar(query.limit(1))
