"""Payouts (发放): a granted benefit is ordered once and confirmed once."""

from sqlalchemy import select

from servicehall.identity import policy
from servicehall.kernel.errors import Conflict
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.payments.models import Payout


def order(
    work: UnitOfWork, matter: str, *, party: str, name: str, fen: int, account: str
) -> Payout:
    """Order *fen* to be paid to *account* for *matter* (下达发放)."""
    payout = Payout(
        matter=matter, party=party, name=name, fen=fen, account=account, ordered_at=work.now(),
        paid_at=None,
    )  # fmt: skip
    work.session.add(payout)
    work.record("payout.ordered", matter, person=party, fen=fen)
    return payout


def of(work: UnitOfWork, matter: str) -> Payout | None:
    """The payout of *matter*, if one was ordered."""
    return work.session.scalar(select(Payout).where(Payout.matter == matter))


def confirm(work: UnitOfWork, matter: str) -> Payout:
    """The money has arrived (发放到账); confirming twice changes nothing. Raises Conflict where nothing was ordered."""
    policy.require(work.actor, "case.settle_fee")
    payout = of(work, matter)
    if payout is None:
        raise Conflict(N_("这件事没有要发放的款项"))
    work.hold(payout)
    if payout.paid_at is None:
        payout.paid_at = work.now()
        work.record("payout.paid", matter, person=payout.party, fen=payout.fen)
    return payout
