"""The payment port: every engine says where to pay and reads a proof in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.errors import Invalid
from servicehall.payments.adapters.window import WindowPayment
from servicehall.payments.channel import PaymentProvider

WINDOW: PaymentProvider = WindowPayment()


def test_it_says_where_to_pay() -> None:
    assert "窗口" in WINDOW.where("matter", 4000)


@pytest.mark.parametrize(
    "message", ["", "12345", "1" * 33, "票据 123456", "a b c d e f", "'; --12"]
)
def test_no_proof_no_transaction(message: str) -> None:
    with pytest.raises(Invalid) as refused:
        WINDOW.transaction(message)
    assert refused.value.field == "receipt"


@given(st.from_regex(r"[0-9A-Za-z-]{6,32}", fullmatch=True))
def test_the_same_receipt_in_any_writing_is_one_transaction(message: str) -> None:
    kept = WINDOW.transaction(f" {message} ")
    assert kept == WINDOW.transaction(message.lower()) == WINDOW.transaction(kept)
