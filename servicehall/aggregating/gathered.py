"""Gathered (归集证照): finds what came from elsewhere."""

from collections.abc import Sequence

from sqlalchemy import select

from servicehall.aggregating.models import GatheredLicense, Trust
from servicehall.identity import directory
from servicehall.kernel.errors import NotFound
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses.models import normal_code
from servicehall.storage.store import FileStore

SPARES = frozenset({Trust.A, Trust.B})


def of_holder(work: UnitOfWork, holder_code: str) -> Sequence[GatheredLicense]:
    """Every license of a holder that came from elsewhere, the newest first."""
    query = select(GatheredLicense).where(GatheredLicense.holder_index == normal_code(holder_code))
    return work.session.scalars(query.order_by(GatheredLicense.issued_on.desc())).all()


def held(work: UnitOfWork, holder_code: str, slug: str) -> GatheredLicense | None:
    """The holder's license of type *slug* that spares a paper (免提交): valid today, and told by the
    system that issued it. What was entered from paper or scanned has to be looked at."""
    for one in of_holder(work, holder_code):
        if one.type == slug and one.trust in SPARES and one.in_force(work.today()):
            return one
    return None


def name(license: GatheredLicense) -> str:
    """What evidence names it by: its identifier, or its place here."""
    return license.identifier or f"gathered:{license.id}"


def mine(work: UnitOfWork) -> Sequence[GatheredLicense]:
    """Those of the actor's party (我的证照)."""
    _, code, _ = directory.holder(work, work.actor.party)
    return of_holder(work, code)


def own(work: UnitOfWork, number: int) -> GatheredLicense:
    """One of the actor's party's. Raises NotFound, also for another's."""
    found = work.session.get(GatheredLicense, number)
    _, code, _ = directory.holder(work, work.actor.party)
    if found is None or found.holder_code != normal_code(code):
        raise NotFound
    return found


def scan(work: UnitOfWork, license: GatheredLicense) -> bytes:
    """The file that came with it. Raises NotFound where none did, Unavailable."""
    if license.file_key is None:
        raise NotFound
    return work.use(FileStore).get(license.file_key)
