"""Rules (比对规则): which register is compared with which base library, field by field."""

from dataclasses import dataclass
from typing import Final

from servicehall.kernel.words import N_

STAMP = "updated_on"  # the field that says when a record was last brought up to date
FRESH_DAYS: Final = {
    "realtime": 1, "daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "half_yearly": 183,
    "yearly": 366,
}  # fmt: skip
KINDS: Final = {
    "differs": N_("与基础库不一致"), "unknown": N_("基础库中没有"), "absent": N_("应有而没有"),
    "duplicate": N_("重复登记"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One comparison (比对规则): *resource* against *base*.

    ``fields`` maps a field of the resource to that of the base; ``covers``, where the resource must
    hold everybody of a kind, is the base's field and the values that make them of that kind.
    """

    resource: str
    base: str
    fields: dict[str, str]
    covers: tuple[str, frozenset[str]] | None = None


_PERSON = {"name": "name", "sex": "sex", "birth_date": "birth_date", "status": "status"}
_BODY = {
    "name": "name", "legal_representative": "legal_representative", "address": "address",
    "status": "status",
}  # fmt: skip
RULES: Final = (  # 人口库 against 民政, 社保, 卫健; 法人库 against 税务, 编办
    Rule("civil.relief", "population.person", _PERSON),
    Rule("social.insured", "population.person", _PERSON),
    Rule("health.record", "population.person", _PERSON),
    Rule(
        "tax.taxpayer", "legal.organization", _BODY,
        ("kind", frozenset({"有限责任公司（自然人投资或控股）"})),
    ),
    Rule("staffing.institution", "legal.organization", _BODY, ("kind", frozenset({"事业单位法人"}))),
)  # fmt: skip
