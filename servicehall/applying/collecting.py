"""Collecting (异地代收): a window takes in what another region handles (跨区域通办, 国办发〔2020〕35号).

The window that receives identifies who comes and sees to it that the form is whole (形式审查); it
neither accepts nor decides. The clock and every act are those of the department that handles the case.
"""

from collections.abc import Sequence

from sqlalchemy import select

from servicehall.applying.models import Reception
from servicehall.cases.models import Case
from servicehall.cases.states import OPEN
from servicehall.identity import directory, policy
from servicehall.kernel.errors import Forbidden, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.standard.schema import Item

# The level of the region within which a scope (通办范围) lets one hand in anywhere.
WITHIN = {"nation": 1, "province": 2, "city": 3, "county": 4, "town": 5, "village": 6}
MOST = 100


def is_elsewhere(work: UnitOfWork, item: Item) -> bool:
    """Whether the actor's window and the item's region are two: neither lies within the other."""
    return _shared_level(work, item.region) is not None


def require_here(work: UnitOfWork, item: Item) -> None:
    """Raises Forbidden where a clerk of this window may not take the item in (通办范围)."""
    if not receivable(work, [item]):
        raise Forbidden(
            N_("“%(item)s”由%(region)s办理，通办范围不包括本窗口，不能代收；请在网上申请或到当地窗口办理"),
            item=item.name, region=_named(work, item.region),
        )  # fmt: skip


def receivable(work: UnitOfWork, offered: Sequence[Item]) -> list[Item]:
    """Those of *offered* that the actor's window may take in: its own, and what crosses so far."""
    level = {region: _shared_level(work, region) for region in {item.region for item in offered}}
    return [item for item in offered if _crosses(item, level[item.region])]


def receive(work: UnitOfWork, case: Case, *, formal: bool) -> None:
    """Note who took the case in elsewhere, once its form was looked at (收件); at the counter only.

    Raises Invalid where nobody said that the form is whole, Forbidden as ``require_here``.
    """
    require_here(work, case.item)
    if not is_elsewhere(work, case.item):
        return
    if not formal:
        raise Invalid(N_("请核对身份和材料的形式后勾选，再代收"), field="formal")
    work.session.add(
        Reception(
            case=case,
            department=work.actor.department,
            by=work.actor.id,
            at=work.now(),
            corrects=case.correction is not None,
        )
    )
    work.record("case.collected", case.matter, person=case.party, department=work.actor.department)


def of_case(work: UnitOfWork, case: Case) -> Sequence[Reception]:
    """Where the case was taken in, if not where it is handled; the first time first."""
    query = select(Reception).where(Reception.case_id == case.id).order_by(Reception.id)
    return work.session.scalars(query).all()


def mine(work: UnitOfWork) -> Sequence[Reception]:
    """The latest 100 that the actor's window took in for others (本窗口代收的办件)."""
    policy.require(work.actor, "person.attend")
    query = select(Reception).where(Reception.department == work.actor.department)
    return work.session.scalars(query.order_by(Reception.id.desc()).limit(MOST)).all()


def one(work: UnitOfWork, number: str) -> Reception:
    """What the actor's window took in under this case number. Raises NotFound for anything else."""
    policy.require(work.actor, "person.attend")
    query = select(Reception).join(Reception.case).where(
        Case.number == number, Reception.department == work.actor.department
    )  # fmt: skip
    found = work.session.scalar(query.order_by(Reception.id.desc()).limit(1))
    if found is None:
        raise NotFound
    return found


def waits(found: Reception) -> bool:
    """Whether the matter is still under way."""
    return found.case.state in OPEN


def _crosses(item: Item, level: int | None) -> bool:
    return level is None or any(WITHIN[scope] <= level for scope in item.crossing)


def _shared_level(work: UnitOfWork, region: str) -> int | None:
    """The level of the smallest region that holds both; None where one lies within the other."""
    here = directory.lineage(work, directory.department(work, work.actor.department).region)
    there = directory.lineage(work, region)
    if region in here or here.keys() & there.keys() == here.keys():
        return None
    return max((here[code] for code in here.keys() & there.keys()), default=1)


def _named(work: UnitOfWork, code: str) -> str:
    return next((r.name for r in directory.regions(work) if r.code == code), code)
