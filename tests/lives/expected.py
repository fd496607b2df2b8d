"""What each act of staff is, what it must have written, and what must stand on the record."""

from collections.abc import Callable
from typing import Any

from servicehall.handling import acceptance, delivering, reviewing, revoking

REASON = "不符合法定条件，见审查意见"
LAW = "行政许可法 第六十九条"
PAPERS = {  # what must have been written, by what was done
    "accept": "acceptance", "accepted_by_silence": "acceptance", "ask_correction": "correction",
    "refuse_acceptance": "acceptance_refusal", "not_needed": "not_needed", "send_back": "return",
    "end_uncorrected": "uncorrected", "suspend": "procedure", "approve": "extension", "defaulted": "silence",
    "grant": "grant", "refuse": "refusal", "deliver": "delivery", "tell": "revocation_notice",
    "revoke": "revocation",
}  # fmt: skip
ENTRIES = {  # and what must stand on the record
    "submit": "case.submitted", "withdraw": "case.withdrawn", "accept": "case.accepted",
    "ask_correction": "case.correction_asked", "accepted_by_silence": "case.accepted_by_silence",
    "refuse_acceptance": "case.acceptance_refused", "not_needed": "case.not_needed",
    "send_back": "case.returned", "end_uncorrected": "case.uncorrected", "suspend": "case.suspended",
    "resume": "case.resumed", "ask_extension": "case.extension_asked", "approve": "case.extended",
    "decline": "case.extension_declined", "defaulted": "case.review_defaulted",
    "opine_yes": "case.reviewed", "opine_no": "case.reviewed", "grant": "case.granted",
    "refuse": "case.refused", "make": "case.made", "deliver": "case.closed",
    "late": "case.delivery_late", "tell": "case.revocation_told", "state": "case.stated",
    "revoke": "case.revoked", "drop": "case.revocation_dropped",
}  # fmt: skip

Act = tuple[str, Callable[..., Any], dict[str, Any]]
STAFF: dict[str, Act] = {
    "ask_correction": ("clerk", acceptance.ask_correction, {"points": ["请补正"]}),
    "accept": ("clerk", acceptance.accept, {}),
    "refuse_acceptance": ("clerk", acceptance.refuse, {"reason": REASON}),
    "not_needed": ("clerk", acceptance.declare_not_needed, {"reason": REASON}),
    "send_back": (
        "clerk",
        acceptance.send_back,
        {"office": "示范市市场监督管理局", "reason": REASON},
    ),
    "resume": ("", reviewing.resume, {"result": "符合要求"}),
    "deliver": ("clerk", delivering.deliver, {"taken_by": "李四", "proof": "居民身份证"}),
    "tell": ("", revoking.tell, {"reason": REASON, "law": LAW}),
    "revoke": ("", revoking.revoke, {"answer": "陈述申辩不成立，决定撤销"}),
    "drop": ("", revoking.drop, {"answer": "经复查符合条件"}),
}
