"""Acts (办理动作): beside the table of states: who does what, by which article, told by which paper."""

from dataclasses import dataclass
from typing import Final

from servicehall.cases.states import State

LAW: Final = "行政许可法"


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its name, the right it takes (``policy.MAY``, "" for a timer), the article, the paper
    it writes (``documents.kinds``, "" for none), what stands on the record, and its guard in words.

    docs/life-of-a-case.md shows them all."""

    name: str
    right: str
    law: str
    paper: str
    entry: str
    guard: str = ""


ACTS: Final[dict[str, Act]] = {
    "submit": Act("提交", "case.apply", f"{LAW} 第29条", "", "case.submitted",
                  "该填的已填、该交的已交"),
    "withdraw": Act("撤回", "case.apply", "", "", "case.withdrawn", "作出决定之前"),
    "wait": Act("随一件事等待", "case.apply", f"{LAW} 第29条", "", "case.waiting", "前一个事项还没有办成"),
    "reopen": Act("轮到办理", "", f"{LAW} 第29条", "", "case.reopened", "前一个事项办成，还要补齐"),
    "lapse": Act("不再办理", "", f"{LAW} 第29条", "lapse", "case.lapsed", "前一个事项没有办成"),
    "ask_correction": Act("一次性告知补正", "case.accept", f"{LAW} 第32条第1款第4项", "correction",
                          "case.correction_asked", "只能告知一次"),
    "accept": Act("受理", "case.accept", f"{LAW} 第32条第1款第5项", "acceptance", "case.accepted"),
    "refuse_acceptance": Act("不予受理", "case.accept", f"{LAW} 第32条第2款", "acceptance_refusal",
                             "case.acceptance_refused", "写明理由"),
    "declare_not_needed": Act("告知不需要办理", "case.accept", f"{LAW} 第32条第1款第1项",
                              "not_needed", "case.not_needed", "写明理由"),
    "return": Act("退件，告知有权机关", "case.accept", f"{LAW} 第32条第1款第2项", "return",
                  "case.returned", "写明向哪个机关申请"),
    "end_uncorrected": Act("逾期未补正办结", "", f"{LAW} 第32条第1款第4项", "uncorrected", "case.uncorrected",
                 "过了补正期限没有补正"),
    "suspend": Act("启动特别程序", "case.review", f"{LAW} 第45条", "procedure", "case.suspended",
                   "事项声明的程序"),
    "resume": Act("结束特别程序", "case.review", f"{LAW} 第45条", "", "case.resumed",
                  "写明结果"),
    "extend": Act("批准延期", "case.extend", f"{LAW} 第42条", "extension", "case.extended",
                  "只能一次，申请和批准不是同一人"),
    "grant": Act("准予", "case.decide", f"{LAW} 第38条第1款", "grant", "case.granted",
                 "没有障碍"),
    "grant_by_silence": Act("视为准予延续", "", f"{LAW} 第50条第2款", "grant",
                            "case.granted_by_silence", "有效期届满没有作出决定"),
    "refuse": Act("不予许可", "case.decide", f"{LAW} 第38条第2款", "refusal", "case.refused",
                  "写明理由"),
    "make": Act("制证", "license.issue", f"{LAW} 第39条", "", "case.made"),
    "deliver": Act("送达", "case.accept", f"{LAW} 第44条", "delivery", "case.closed",
                   "写明谁收的"),
    "revoke": Act("撤销", "case.decide", f"{LAW} 第69条", "revocation", "case.revoked",
                  "先告知并听取陈述申辩"),
}  # fmt: skip

# 办结结果 (BJJGDM, STANDARDS 2.1): how an ended case ended.
OUTCOME: Final[dict[State, str]] = {
    State.CLOSED: "0",  # 出证办结; 6 where nothing is issued, see ``outcome``
    State.RETURNED: "1",
    State.WITHDRAWN: "1",
    State.NOT_NEEDED: "1",
    State.REFUSED_ACCEPTANCE: "1",
    State.REVOKED: "2",
    State.LAPSED: "6",
    State.UNCORRECTED: "5",
    State.REFUSED: "6",
}


def outcome(state: State, *, certified: bool) -> str:
    """The national code of how a case ended (办结结果), "" while it is open.

    0 出证 1 退回 2 作废 5 补正不来 6 其他; *certified* where a license or document was issued.
    """
    if state is State.CLOSED and not certified:
        return "6"
    return OUTCOME.get(state, "")
