"""Cascading (连带复查): a license that fell leads to those that were granted on it."""

from collections.abc import Iterator

from sqlalchemy import select

from servicehall.cases import rechecking
from servicehall.cases.models import Case
from servicehall.cases.states import OPEN
from servicehall.disputes import reexamining
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library
from servicehall.licenses.models import License, State

FALLEN = (State.REVOKED, State.CANCELLED)


def trace_one(work: UnitOfWork, tried: set[int]) -> bool:
    """Find what rests on one fallen license that was not traced yet, not among *tried* (the worker).

    Licenses in force are queued for their issuer's review, open cases are checked again. However it
    fell, with its decision, by a review or by command, it comes by here.
    """
    waiting = select(License).where(License.state.in_(FALLEN), License.traced_at.is_(None))
    query = waiting.where(License.id.not_in(tried)).order_by(License.id).limit(1)
    fallen = work.session.scalar(query)
    if fallen is None:
        return False
    tried.add(fallen.id)
    work.hold(fallen)
    if fallen.traced_at is not None:  # by another worker meanwhile
        return False
    for license in reexamining.affected(work, list(_granted_on(work, fallen))):
        reexamining.queue_after(work, fallen, license)
    for case in _open_on(work, fallen):
        rechecking.ask_soon(work, case)
    fallen.traced_at = work.now()
    work.record("license.traced", fallen.identifier, person=fallen.party)
    return True


def _granted_on(work: UnitOfWork, fallen: License) -> Iterator[License]:
    """The holder's licenses whose case took *fallen* for a material, or copied from its face."""
    for license in library.of_holder(work, fallen.holder_code):
        if license.id == fallen.id or license.issued_at < fallen.issued_at:
            continue
        number = license.issue_key.partition("/")[0]
        case = work.session.scalar(select(Case).filter_by(number=number))
        if case is not None and (_took(case, fallen) or _copied(case, fallen)):
            yield license


def _open_on(work: UnitOfWork, fallen: License) -> Iterator[Case]:
    query = select(Case).where(Case.party == fallen.party, Case.state.in_(OPEN))
    return (case for case in work.session.scalars(query) if _took(case, fallen))


def _took(case: Case, fallen: License) -> bool:
    """Whether it, or an earlier version of it, stood for a material."""
    any_version = fallen.identifier.rsplit(".", 2)[0] + "."
    return any(row.evidence.get("license", "").startswith(any_version) for row in case.materials)


def _copied(case: Case, fallen: License) -> bool:
    result = case.item.result
    start = f"license:{fallen.type}."
    return result is not None and any(told.startswith(start) for told in result.carries.values())
