"""Billing: owed once, settled once, by one receipt that settles nothing else."""

import pytest
from sqlalchemy.exc import IntegrityError

from servicehall.kernel.errors import Conflict, Forbidden, Invalid
from servicehall.payments import billing
from tests.cases.halls import Scene


def owe(stage: Scene, matter: str) -> None:
    with stage.work("clerk") as work:
        billing.raise_bill(work, matter, party="person:p", name="工本费", fen=4000)


def test_a_receipt_settles_one_bill_once(stage: Scene) -> None:
    owe(stage, "m1")
    with stage.work("clerk") as work:
        bill = billing.settle(work, "m1", "abc-123456")
        assert (bill.transaction, bill.fen, bill.paid_at) == ("ABC-123456", 4000, work.now())
        work.commit()
        assert billing.settle(work, "m1", "ABC-123456") is bill
        assert not work.unfinished
        with pytest.raises(Conflict, match="已经缴清"):
            billing.settle(work, "m1", "ABC-999999")


def test_one_receipt_cannot_pay_twice(stage: Scene) -> None:
    for matter in ("m2", "m3"):
        owe(stage, matter)
    with stage.work("clerk") as work:
        billing.settle(work, "m2", "SAME-00001")
    with pytest.raises(IntegrityError), stage.work("clerk") as work:
        billing.settle(work, "m3", "same-00001")


def test_what_is_not_owed_or_not_proved_is_refused(stage: Scene) -> None:
    owe(stage, "m4")
    with stage.work("clerk") as work:
        with pytest.raises(Conflict, match="没有要缴"):
            billing.settle(work, "nothing", "ABC-123456")
        with pytest.raises(Invalid):
            billing.settle(work, "m4", "?")
        assert "窗口" in billing.how_to_pay(work, billing.of(work, "m4"))  # type: ignore[arg-type]
    for login in ("wang", "reviewer-health"):
        with stage.work(login) as work, pytest.raises(Forbidden):
            billing.settle(work, "m4", "ABC-123457")


def test_a_matter_is_billed_once(stage: Scene) -> None:
    owe(stage, "m5")
    with pytest.raises(IntegrityError):
        owe(stage, "m5")
