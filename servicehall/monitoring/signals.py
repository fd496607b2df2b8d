"""Signals (监察规则): what is watched for, how grave it is, and why (STANDARDS 2.5).

What the hall's own code makes impossible needs no signal: a refusal without reasons, an online item
handled offline. The local rules agree on the kinds; limits of working days are 演示数据.
"""

from dataclasses import dataclass
from typing import Final

from servicehall.kernel.words import N_

PROMPT, YELLOW, RED = 1, 2, 3  # 预警类型 n1 (GB/T 39046)
GRADES: Final = {PROMPT: N_("提示"), YELLOW: N_("黄牌"), RED: N_("红牌")}
ANSWER_DAYS = 3  # working days to answer a card
SLOW_RECEIPT_DAYS = 3  # working days after which a case that nobody took up is noticed


@dataclass(frozen=True, slots=True)
class Signal:
    """One rule (监察规则): ``id`` is its 规则编号, at most 20 characters (GB/T 39046)."""

    id: str
    grade: int
    name: str
    basis: str


SIGNALS: Final = {
    signal.id: signal
    for signal in (
        Signal("promise-near", PROMPT, N_("办理期限将到"),
               N_("剩一个工作日，或者时限已用九成")),
        Signal("promise-overdue", YELLOW, N_("超过承诺期限"), N_("行政许可法 第42条，事项的承诺办结时限")),
        Signal("step-overdue", YELLOW, N_("审查环节超时"), N_("事项规定的环节时限")),
        Signal("receipt-slow", YELLOW, N_("收件后没有处理"), N_("收件三个工作日内应受理或者一次告知补正")),
        Signal("delivery-late", YELLOW, N_("决定作出后没有按时送达"), N_("行政许可法 第44条，十个工作日内送达")),
        Signal("rating-unanswered", YELLOW, N_("差评没有回应"), N_("国办发〔2019〕51号，一个工作日内回应")),
        Signal("statute-overdue", RED, N_("超过法定期限"), N_("行政许可法 第42条")),
        Signal("silence", RED, N_("逾期未告知，依法视为受理"), N_("行政许可法 第32条")),
        Signal("correction-again", RED, N_("再次要求补正"), N_("行政许可法 第32条，补正一次性告知")),
        Signal("procedure-overdue", RED, N_("特别程序超过预计时间"), N_("行政许可法 第45条")),
        Signal("fee-undeclared", RED, N_("收费与公布的不一致"), N_("行政许可法 第58、59条")),
        Signal("rating-unmended", RED, N_("差评没有按期整改"), N_("国办发〔2019〕51号，差评整改")),
    )
}  # fmt: skip
