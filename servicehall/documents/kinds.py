"""Kinds (文书种类): the papers of a matter, what they are called, and the mark in their numbers."""

from dataclasses import dataclass
from typing import Final

from servicehall.kernel.words import N_


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of paper: its title, and the mark in its number (文号), as in 受字〔2026〕第3号."""

    title: str
    mark: str


KINDS: Final[dict[str, Kind]] = {
    "acceptance": Kind(N_("受理通知书"), "受"),
    "correction": Kind(N_("补正告知书"), "补"),
    "return": Kind(N_("不属职权告知书"), "退"),
    "not_needed": Kind(N_("不需要办理告知书"), "免"),
    "uncorrected": Kind(N_("逾期未补正办结通知书"), "结"),
    "acceptance_refusal": Kind(N_("不予受理决定书"), "不受"),
    "procedure": Kind(N_("特别程序告知书"), "特"),
    "hearing_notice": Kind(N_("听证权利告知书"), "听"),
    "extension": Kind(N_("延期告知书"), "延"),
    "silence": Kind(N_("超时默认通知书"), "默"),
    "grant": Kind(N_("准予决定书"), "准"),
    "refusal": Kind(N_("不予决定书"), "不准"),
    "promise_broken": Kind(N_("承诺不实告知书"), "诺"),
    "lapse": Kind(N_("不再办理告知书"), "终"),
    "delivery": Kind(N_("送达回证"), "送"),
    "revocation_notice": Kind(N_("撤销事先告知书"), "撤告"),
    "revocation": Kind(N_("撤销决定书"), "撤"),
}
