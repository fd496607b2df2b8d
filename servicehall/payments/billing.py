"""Billing (缴费): raise a bill, settle it once."""

from sqlalchemy import select

from servicehall.identity import policy
from servicehall.kernel.errors import Conflict
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.payments.channel import PaymentProvider
from servicehall.payments.models import Bill


def raise_bill(work: UnitOfWork, matter: str, *, party: str, name: str, fen: int) -> Bill:
    """Owe *fen* for *matter* (开缴费单)."""
    bill = Bill(
        matter=matter, party=party, name=name, fen=fen, raised_at=work.now(), paid_at=None,
        transaction=None,
    )  # fmt: skip
    work.session.add(bill)
    work.record("bill.raised", matter, person=party, fen=fen)
    return bill


def of(work: UnitOfWork, matter: str) -> Bill | None:
    """The bill of *matter*, if one was raised."""
    return work.session.scalar(select(Bill).where(Bill.matter == matter))


def how_to_pay(work: UnitOfWork, bill: Bill) -> str:
    """Where and how *bill* can be paid."""
    return work.use(PaymentProvider).where(bill.matter, bill.fen)


def settle(work: UnitOfWork, matter: str, message: str) -> Bill:
    """The bill of *matter* was paid, as *message* proves; the same proof again changes nothing.

    Raises Invalid, or Conflict where nothing is owed or it was paid with another proof.
    """
    policy.require(work.actor, "case.settle_fee")
    bill = of(work, matter)
    if bill is None:
        raise Conflict(N_("这件事没有要缴的费用"))
    work.hold(bill)
    transaction = work.use(PaymentProvider).transaction(message)
    if bill.transaction == transaction:
        return bill
    if bill.transaction:
        raise Conflict(N_("这张缴费单已经缴清，不要重复收费"))
    bill.paid_at, bill.transaction = work.now(), transaction
    work.record("bill.paid", matter, person=bill.party, fen=bill.fen)
    return bill
