"""Registers (部门台账): what other departments keep about the same people and bodies, slips and all.

Civil affairs, social security, health, tax and the establishment office each wrote down their own
version. It is drawn for each subject apart, so it is always the same; those with demo accounts are
written down without a slip.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from servicehall.city.people import AREA, AS_OF
from servicehall.city.town import Town, chance
from servicehall.kernel.codes import citizen_check

Record = dict[str, str]
MISSING, STALE, DUPLICATE, DIRTY = 0.02, 0.06, 0.004, 0.06  # how often a record has such a slip
WRONG: Final = {"person": 0.006, "organization": 0.02}
_STRANGERS = 3


@dataclass(frozen=True, slots=True)
class Register:
    """One department's register: about whom, how often it is brought up to date, in days."""

    about: str
    fresh_days: int


REGISTERS: Final = {
    "civil.relief": Register("person", 31),
    "social.insured": Register("person", 31),
    "health.record": Register("person", 365),
    "tax.taxpayer": Register("organization", 1),
    "staffing.institution": Register("organization", 365),
}


def subjects(city: Town, dataset: str) -> Iterator[str]:
    """Everybody in the register *dataset*, some of whom the base registry does not know."""
    everybody = {
        "person": city.people, "tax.taxpayer": city.companies,
        "staffing.institution": city.institutions,
    }  # fmt: skip
    about = REGISTERS[dataset].about
    known = everybody["person" if about == "person" else dataset]
    yield from (subject for subject in known if _is_in(city, dataset, subject))
    if about == "person":
        yield from strangers(dataset)


def strangers(dataset: str) -> list[str]:
    """Identity numbers that were typed wrongly once: valid, and nobody's."""
    first = sum(map(ord, dataset)) % 300
    numbers = [f"{AREA}19310101{first + n:03}" for n in range(1, _STRANGERS + 1)]
    return [number + citizen_check(number) for number in numbers]


def records(city: Town, dataset: str, subject: str) -> list[Record]:
    """What the register *dataset* holds about *subject*: mostly one record, some with a slip."""
    if not _is_in(city, dataset, subject):
        return []
    draw = chance(f"register:{dataset}:{subject}")
    true = _true(city, dataset, subject)
    true["updated_on"] = _updated(draw, REGISTERS[dataset].fresh_days).isoformat()
    if _is_cast(city, subject):
        return [{**true, "updated_on": AS_OF.isoformat()}]
    kept = _slipped(draw, dataset, true)
    return [kept, dict(kept)] if draw.random() < DUPLICATE else [kept]


def _is_in(city: Town, dataset: str, subject: str) -> bool:
    if dataset == "tax.taxpayer":
        known = subject in city.companies
        return known and chance(f"untaxed:{subject}").random() > 0.01
    if dataset == "staffing.institution":
        return subject in city.institutions
    if subject in strangers(dataset):
        return True
    return subject in city.people and _is_registered(city, dataset, subject)


def _is_registered(city: Town, dataset: str, number: str) -> bool:
    if dataset == "social.insured":
        career = city.careers.get(number)
        return career is not None and career.insurance is not None
    rate = 0.06 if dataset == "civil.relief" else 0.97
    return chance(f"in:{dataset}:{number}").random() < rate


def _true(city: Town, dataset: str, subject: str) -> Record:
    if REGISTERS[dataset].about == "organization":
        return _body(city, subject)
    somebody = city.people.get(subject)
    if somebody is None:
        told = {
            "name": "佚名",
            "sex": "男",
            "birth_date": "1931-01-01",
            "address": "不详",
            "status": "正常",
        }
    else:
        told = {
            "name": somebody.name, "sex": somebody.sex, "birth_date": somebody.birth.isoformat(),
            "address": somebody.residence, "status": "正常",
        }  # fmt: skip
    if dataset == "civil.relief":
        told["category"] = chance(f"relief:{subject}").choice(("低保", "特困", "临时救助"))
    return told


def _body(city: Town, code: str) -> Record:
    if institution := city.institutions.get(code):
        name, head, address, status = (
            institution.name, institution.head.name, institution.address, "存续",
        )  # fmt: skip
    else:
        company = city.companies[code]
        name, head = company.name, company.representative.name
        address, status = company.address, company.status
    return {
        "name": name, "uscc": code, "legal_representative": head, "address": address,
        "status": status,
    }  # fmt: skip


def _updated(draw: Random, fresh: int) -> date:
    """Within the cycle; a stale record is older by up to two years."""
    late = draw.randint(30, 700) if draw.random() < STALE else 0
    return AS_OF - timedelta(days=draw.randint(0, max(fresh - 1, 0)) + late)


def _slipped(draw: Random, dataset: str, true: Record) -> Record:
    about = REGISTERS[dataset].about
    kept = dict(true)
    if draw.random() < WRONG[about]:
        kept |= _wrong(draw, about, true)
    if draw.random() < MISSING:
        kept["address"] = ""
    if draw.random() < DIRTY:
        kept |= _dirty(draw, about, kept)
    return kept


def _wrong(draw: Random, about: str, true: Record) -> Record:
    """One value that contradicts the base registry: a slip of the pen, or news it did not get."""
    if about == "organization":
        return draw.choice(
            (
                {"legal_representative": "前任" + true["legal_representative"][:1]},
                {"status": "注销" if true["status"] == "存续" else "存续"},
                {"address": true["address"].replace("号", "1号", 1)},
            )
        )
    born = date.fromisoformat(true["birth_date"])
    return draw.choice(
        (
            {"name": true["name"][:-1] + ("娟" if true["name"][-1] != "娟" else "鹃")},
            {"birth_date": born.replace(day=1 if born.day > 1 else 2).isoformat()},
            {"sex": "女" if true["sex"] == "男" else "男"},
            {"status": "死亡"},
        )
    )


def _dirty(draw: Random, about: str, kept: Record) -> Record:
    """The same value written otherwise: cleaning rules make it one again (清洗)."""
    if about == "organization":
        return draw.choice(
            (
                {"name": " " + kept["name"].replace("有限公司", "有限公司　")},
                {"uscc": kept["uscc"].lower()},
                {"address": kept["address"].replace("1", "１")},
            )
        )
    born = kept["birth_date"]
    return draw.choice(
        (
            {"sex": "1" if kept["sex"] == "男" else "2"},
            {"birth_date": born.replace("-", "/")},
            {"birth_date": born.replace("-", "")},
            {"name": f" {kept['name']}　"},
            {"address": kept["address"].replace("1", "１")},
        )
    )


def _is_cast(city: Town, subject: str) -> bool:
    cast = city.cast
    return subject in (
        cast.wang.number, cast.li.number, cast.chen.number, cast.restaurant.code,
        cast.hospital.code,
    )  # fmt: skip
