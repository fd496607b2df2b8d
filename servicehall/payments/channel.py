"""Port: PaymentProvider (支付渠道)."""

from typing import Protocol


class PaymentProvider(Protocol):
    """Takes money for a bill."""

    def where(self, matter: str, fen: int) -> str:
        """How to pay, as a sentence (N_) or an address that starts with ``https://``."""

    def transaction(self, message: str) -> str:
        """The provider's own transaction number in a proof of payment. Raises Invalid."""
