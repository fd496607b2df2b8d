"""Payouts: ordered once, confirmed once; the account number is never kept in plain."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from servicehall.kernel.errors import Conflict, Forbidden
from servicehall.payments import payouts
from tests.cases.halls import Scene

ACCOUNT = "6200000000000000"


def order(stage: Scene, matter: str) -> None:
    with stage.work("clerk") as work:
        payouts.order(work, matter, party="person:p", name="津贴", fen=10000, account=ACCOUNT)


def test_confirmed_once(stage: Scene) -> None:
    order(stage, "m1")
    with stage.work("clerk") as work:
        paid = payouts.confirm(work, "m1").paid_at
        work.commit()
        with stage.later(days=1):
            assert payouts.confirm(work, "m1").paid_at == paid
        assert not work.unfinished
        with pytest.raises(Conflict):
            payouts.confirm(work, "nothing")
    with stage.work("wang") as work, pytest.raises(Forbidden):
        payouts.confirm(work, "m1")


def test_ordered_once(stage: Scene) -> None:
    order(stage, "m2")
    with pytest.raises(IntegrityError):
        order(stage, "m2")
    with stage.work("clerk") as work:
        payout = payouts.of(work, "m2")
        assert payout is not None
        assert (payout.account, payout.fen) == (ACCOUNT, 10000)
        kept = work.session.execute(text("SELECT account FROM payout")).scalars().all()
        assert not any(ACCOUNT.encode() in bytes(str(k), "utf8") for k in kept)
