"""PaymentProvider: pay the clerk at the window against a receipt number (embedded)."""

import re

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_


class WindowPayment:
    """The clerk takes cash or card and types the number of the fiscal receipt (财政票据号)."""

    def where(self, matter: str, fen: int) -> str:
        return N_("请到政务服务中心综合窗口缴费，或在领取时当面缴费")

    def transaction(self, message: str) -> str:
        if not re.fullmatch(r"[0-9A-Za-z-]{6,32}", message.strip()):
            raise Invalid(N_("票据号应为 6 到 32 位数字、字母或短横线"), field="receipt")
        return message.strip().upper()
