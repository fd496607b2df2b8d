"""The wallet (我的证照): a holder's own licenses, the code to show, and who has looked."""

from collections.abc import Sequence

from sqlalchemy import select

from servicehall.identity import directory
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library
from servicehall.licenses.models import License, State
from servicehall.printing import qr
from servicehall.printing.press import Press

LOOKS = ("license.verified", "license.viewed", "license.lent")


def mine(work: UnitOfWork) -> Sequence[License]:
    """Every issued license of the actor's party, newest first."""
    _, code, _ = directory.holder(work, work.actor.party)
    return library.of_holder(work, code)


def own(work: UnitOfWork, code: str) -> License:
    """The actor's own license with this verification code. Raises NotFound, also for others'.

    Whoever tries another's is on record, and the other sees it.
    """
    try:
        found = library.by_code(work, code)
    except NotFound:
        work.refuse("license.denied", "")  # noted too: both take the same time
        raise
    if found.party != work.actor.party:
        work.refuse("license.denied", found.identifier, person=found.party)
        raise NotFound(N_("没有找到这份证照"))  # the very words for one that does not exist
    return found


def seen_by_agent(work: UnitOfWork, license: License) -> None:
    """Whoever acts for an organization looks on its behalf, and it sees that (受托查看留痕)."""
    if work.actor.organization:
        work.record("license.viewed", license.identifier, person=license.party)


def of_case(work: UnitOfWork, number: str | None) -> License | None:
    """The license planned or issued for the case of this number, if there is one."""
    if number is None:
        return None
    return work.session.scalar(select(License).where(License.issue_key == number))


def is_out(license: License | None) -> bool:
    """Whether the license has been issued, not only planned."""
    return license is not None and license.state is not State.INTENT


def qr_svg(work: UnitOfWork, license: License) -> str:
    """The QR code to show (亮证码) as SVG text: the address at which anyone verifies it."""
    address = f"{work.use(Press).address}/verify/{license.code}"
    return qr.svg(address)


def looks(work: UnitOfWork, license: License, most: int = 20) -> Sequence[AuditEntry]:
    """Who was shown this license, newest first."""
    return work.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject == license.identifier, AuditEntry.act.in_(LOOKS))
        .order_by(AuditEntry.id.desc())
        .limit(most)
    ).all()
