"""Enlisting (补登日志): the licenses that are older than the license log are put in it, once."""

from datetime import datetime

from sqlalchemy import select

from servicehall.kernel.errors import NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses.models import License, State
from servicehall.transparency import licenselog, treeheads
from servicehall.transparency.treeheads import LicenseProof

CHUNK = 1000


def proof(work: UnitOfWork, license: License) -> LicenseProof:
    """How *license* leads to a signed, timestamped root of the public log: to be carried with it.

    Raises NotFound before its batch is signed (a minute), or where it is not in the log.
    """
    leaf = licenselog.found(work, license.identifier, license.jws or "")
    if leaf is None:
        raise NotFound(N_("这份证照不在证照日志里"))
    return treeheads.proof(work, leaf)


def since(work: UnitOfWork, license: License) -> datetime | None:
    """When the first root over *license* was signed; None before that, or where it is not in the log."""
    leaf = licenselog.found(work, license.identifier, license.jws or "")
    head = treeheads.covering(work, leaf) if leaf else None
    return head.at if head else None


def begin(work: UnitOfWork) -> bool:
    """Put every issued license in the log that is not; from then on one that is not is called out.

    Whether there was anything to do; one transaction, the caller commits.
    """
    if licenselog.begun(work):
        return False
    issued = (
        select(License.id).where(License.state != State.INTENT).order_by(License.id)
    )  # fmt: skip
    numbers = list(work.session.scalars(issued))
    added = 0
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        query = select(License.identifier, License.jws).where(License.id.in_(chunk))
        rows = work.session.execute(query.order_by(License.id)).all()
        signed = [
            (row.identifier, row.jws)
            for row in rows
            if row.jws and licenselog.found(work, row.identifier, row.jws) is None
        ]
        added += len(signed)
        if signed:
            licenselog.append(work, signed)
    licenselog.begin(work)
    work.record("licenses.enlisted", "log", number=added)
    return True
