"""Predicates (是非核验): the registry computes yes or no, so that the full value need not leave it.

成年=是, 户籍在本市=是, 企业存续=是: what a decision needs to know is often no more (个人信息保护法
第6条, 最小必要). Each is a field of its dataset like any other, of the element 是或否.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from servicehall.sharing.datasets import Dataset

YES, NO = "是", "否"
CITY = "示范省示范市"  # addresses of the city's own household register begin so


@dataclass(frozen=True, slots=True)
class Predicate:
    """``holds`` says yes or no of the value of the field ``of``, on a day."""

    of: str
    holds: Callable[[str, date], bool]


def _years(born: str, today: date) -> int:
    """Completed years of somebody born then (民法典 第1259条: 周岁)."""
    year, month, day = map(int, born.split("-"))
    return (today.year - year) - ((today.month, today.day) < (month, day))


PREDICATES: Mapping[str, Mapping[str, Predicate]] = {
    "population.person": {
        "adult": Predicate("birth_date", lambda born, today: _years(born, today) >= 18),
        "aged_80": Predicate("birth_date", lambda born, today: _years(born, today) >= 80),
        "local": Predicate("household_address", lambda text, _: text.startswith(CITY)),
        "resident": Predicate("residence_address", lambda text, _: text.startswith(CITY)),
        "living": Predicate("status", lambda text, _: text == "正常"),
    },
    "legal.organization": {"active": Predicate("status", lambda text, _: text == "存续")},
    "credit.record": {"trusted": Predicate("status", lambda text, _: text == "无失信记录")},
    "civil.marriage": {"single": Predicate("status", lambda text, _: text != "已婚")},
    "social.insurance": {"insured": Predicate("status", lambda text, _: text == "正常参保")},
}


def held(dataset: Dataset) -> frozenset[str]:
    """The fields that the register of *dataset* itself holds: those not computed from others."""
    return frozenset(dataset.fields.keys() - PREDICATES.get(dataset.code, {}).keys())


def full(dataset: Dataset) -> frozenset[str]:
    """The fields of *dataset* that tell more of a person than yes or no."""
    personal = ("personal", "sensitive")
    return frozenset(
        name for name in held(dataset) if dataset.items[name].element.classification in personal
    )


def is_rule(dataset: Dataset, fields: Sequence[str]) -> bool:
    """Whether *fields* may be asked about everybody: the number and yes or no, nothing else."""
    asked = set(fields) - {"number"}
    return "number" in fields and bool(asked) and not asked & held(dataset)


def holds(dataset: str, told: Mapping[str, str]) -> bool:
    """Whether every yes-or-no field of what was *told* says yes."""
    known = PREDICATES.get(dataset, {})
    return all(value == YES for name, value in told.items() if name in known)


def told(
    dataset: str, record: Mapping[str, str], fields: Sequence[str], *, today: date
) -> dict[str, str]:
    """*fields* of *record* and no others: values as held, predicates computed from what is held.

    What the register does not hold is left out, yes or no included: 不详 is neither.
    """
    known = PREDICATES.get(dataset, {})
    answered = {}
    for name in fields:
        if (asked := known.get(name)) is None:
            value = record.get(name)
        else:
            base = record.get(asked.of)
            value = (YES if asked.holds(base, today) else NO) if base else None
        if value is not None:
            answered[name] = value
    return answered
