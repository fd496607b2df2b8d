"""Patrolling (证照巡检): every license is proven again each night, a few at a time; faults are kept."""

from datetime import time
from typing import Final

import structlog
from sqlalchemy import select

from servicehall.kernel.clock import local
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import proving
from servicehall.licenses.models import License, LicenseFault, Patrol, State
from servicehall.signing.signer import Signer

BATCH = 500  # licenses in one transaction: half a second, so that the worker's other jobs go on
FROM, UNTIL = time(1), time(5)  # of the hall's night; what is left then waits for the next
SHOWN: Final = 50
log = structlog.get_logger()


def patrol(work: UnitOfWork) -> bool:
    """The next few licenses, at night, once for each night (the worker's round). False: it may wait.

    Raises Unavailable while files cannot be read: that is no fault of a license.
    """
    now = local(work.now())
    if not FROM <= now.time() < UNTIL:
        return False
    last = latest(work)
    if last is not None and last.ended_at is not None and local(last.begun_at).date() == now.date():
        return False
    go_on(work)
    return False  # the others first; the bell rings again in two seconds


def go_on(work: UnitOfWork) -> bool:
    """Prove the next batch of the patrol under way, or of a new one; whether there is more to do.

    A license that was faulty and is no longer, because its file was brought back, is cleared.
    """
    current = latest(work)
    if current is None or current.ended_at is not None:
        current = Patrol(begun_at=work.now(), ended_at=None, last_id=0, checked=0, faulty=0)
        work.session.add(current)
        work.session.flush()
    work.hold(current)
    some = work.session.scalars(
        select(License)
        .where(License.id > current.last_id, License.state != State.INTENT)
        .order_by(License.id).limit(BATCH)
    ).all()  # fmt: skip
    anchors = work.use(Signer).anchors()
    known = _standing(work, [license.id for license in some])
    for license in some:
        told = list(proving.of(work, license, anchors))
        current.faulty += bool(told)
        _keep(work, license, told, known.get(license.id))
    current.checked += len(some)
    if more := len(some) == BATCH:
        current.last_id = some[-1].id
    else:
        current.ended_at = work.now()
    work.record("license.patrolled", "licenses", checked=len(some), faulty=current.faulty)
    return more


def latest(work: UnitOfWork) -> Patrol | None:
    """The patrol under way, or the last one."""
    return work.session.scalar(select(Patrol).order_by(Patrol.id.desc()).limit(1))


def faults(work: UnitOfWork) -> list[tuple[License, LicenseFault]]:
    """Licenses that are faulty now, the first found first; at most 50."""
    query = (
        select(License, LicenseFault)
        .join(LicenseFault, LicenseFault.license_id == License.id)
        .where(LicenseFault.cleared_at.is_(None))
        .order_by(LicenseFault.id).limit(SHOWN)
    )  # fmt: skip
    return [(license, fault) for license, fault in work.session.execute(query)]


def _standing(work: UnitOfWork, licenses: list[int]) -> dict[int, LicenseFault]:
    """The faults that are known of these, by license."""
    query = select(LicenseFault).where(
        LicenseFault.license_id.in_(licenses), LicenseFault.cleared_at.is_(None)
    )
    return {fault.license_id: fault for fault in work.session.scalars(query)}


def _keep(work: UnitOfWork, license: License, told: list[str], known: LicenseFault | None) -> None:
    if told and known is None:
        log.error("license.faulty", license=license.identifier, faults=told)
        made = LicenseFault(license_id=license.id, said="\n".join(told), found_at=work.now())
        work.session.add(made)
        work.record("license.faulty", license.identifier, person=license.party)
    elif told and known is not None:
        known.said = "\n".join(told)
    elif known is not None:
        known.cleared_at = work.now()
        work.record("license.fault_cleared", license.identifier, person=license.party)
