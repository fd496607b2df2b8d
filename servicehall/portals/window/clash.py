"""Clash (两人同办一件): what one typed, what stands now, what changed since and by whom; nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.words import N_

UNSEEN = frozenset({"csrf_token", "version", "seen"})
LOOKS = frozenset({"case.viewed", "case.listed", "case.denied", "case.material_viewed",
                   "case.document_viewed", "person.unmasked"})  # fmt: skip
FIELDS = {
    "points": N_("需要补正的全部内容"), "reason": N_("理由和依据"), "agrees": N_("审查意见"),
    "opinion": N_("说明"), "kind": N_("特别程序"), "officers": N_("工作人员"), "result": N_("结果"),
    "office": N_("应当向哪个机关申请"), "extra_days": N_("延长几个工作日"),
    "taken_by": N_("收件人姓名"), "revoke_law": N_("法律依据"), "receipt": N_("财政票据号"),
    "takeover": N_("接手的理由"), "held_on": N_("听证日期"), "held_at": N_("听证时间"),
    "place": N_("听证地点"), "presider": N_("听证主持人"),
}  # fmt: skip
OTHER = N_("填写的内容")
WORDS = {"yes": N_("同意"), "no": N_("不同意")}


@dataclass(frozen=True, slots=True)
class Clash:
    """Both sides: ``typed`` (field in words, what was typed) and what happened since."""

    typed: Sequence[tuple[str, str]]
    since: Sequence[AuditEntry]


def of(timeline: Sequence[AuditEntry]) -> Clash:
    """The clash of what was just sent with what is on record since its page was shown."""
    shown = request.form.get("seen", 0, int)
    since = [e for e in timeline if shown and e.id > shown and e.act not in LOOKS]
    typed = [
        (gettext(FIELDS.get(name, OTHER)),
         gettext(WORDS.get(said, "")) or said if name == "agrees" else said)
        for name, said in request.form.items()
        if name not in UNSEEN and said.strip()
    ]  # fmt: skip
    return Clash(typed, since)
