"""Institutions (事业单位): the schools, clinics and libraries of the demo city, and their heads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from servicehall.city import places
from servicehall.city.organizations import public_code
from servicehall.city.people import AS_OF, Resident

_FIRST_SERIAL = 101
NAMES = (
    *(f"示范区第{n}小学" for n in "一二三四五六"), *(f"示范区第{n}中学" for n in "一二三四"),
    *(f"示范区第{n}幼儿园" for n in "一二三"), "示范区人民医院", "示范区中医院", "示范区妇幼保健院",
    "示范区疾病预防控制中心", "示范区图书馆", "示范区文化馆", "示范区档案馆", "示范区体育中心",
    "示范区农业技术推广站", "示范区不动产登记中心", "示范区社会福利院",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Institution:
    """A public institution (事业单位法人)."""

    code: str
    name: str
    head: Resident
    established: date
    address: str


def found(chance: Random, adults: Sequence[Resident]) -> list[Institution]:
    """Every institution, each with a head of its own."""
    heads = chance.sample(list(adults), len(NAMES))
    return [
        Institution(
            public_code("12", serial), name, head,
            AS_OF - timedelta(days=chance.randint(2000, 15000)), places.premises(chance),
        )
        for serial, (name, head) in enumerate(zip(NAMES, heads, strict=True), _FIRST_SERIAL)
    ]  # fmt: skip
