"""Belongings (不动产和机动车): homes, premises and vehicles, with their certificates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from servicehall.city.organizations import Company
from servicehall.city.people import AREA, AS_OF, Resident

MODELS = ("示范牌 SF7150 轿车", "示范牌 SF6480 多用途乘用车", "示范牌 SF7001 纯电动轿车")
TRUCKS = ("示范牌 SF1040 轻型货车", "示范牌 SF5020 厢式货车")


@dataclass(frozen=True, slots=True)
class Estate:
    """A home or premises (不动产); the unit number has 28 characters."""

    address: str
    owner: str
    area_m2: int
    use: str
    unit_number: str
    certificate: str


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A registered vehicle (机动车)."""

    plate: str
    model: str
    owner: str
    kind: str
    registered: date
    inspection_until: date


def estates(
    chance: Random, residents: Sequence[Resident], companies: Sequence[Company]
) -> dict[str, Estate]:
    """The home of every head of household who owns it and the premises of every company."""
    held: dict[str, Estate] = {}
    for somebody in residents:
        if somebody.owns_home:
            area = chance.randint(45, 160)
            held[somebody.number] = _estate(
                len(held), chance, somebody.residence, somebody.name, area, "住宅"
            )
    for company in companies:
        held[company.code] = _estate(
            len(held), chance, company.address, company.name, company.area_m2, company.trade.use
        )
    return held


def vehicles(
    chance: Random, residents: Sequence[Resident], companies: Sequence[Company]
) -> dict[str, list[Vehicle]]:
    """One vehicle for every third adult, trucks for carriers; by number or code of the owner."""
    drivers = [p for p in residents if 20 <= p.age <= 70 and chance.random() < 0.33]
    held = {
        p.number: [_vehicle(chance, n, p.name, MODELS, "小型轿车")] for n, p in enumerate(drivers)
    }
    serial = len(drivers)
    for company in companies:
        if company.trade.code == "carrier":
            trucks = range(serial, serial + chance.randint(2, 6))
            serial = trucks.stop
            held[company.code] = [_vehicle(chance, n, company.name, TRUCKS, "货车") for n in trucks]
    return held


def _estate(serial: int, chance: Random, address: str, owner: str, area: int, use: str) -> Estate:
    year = chance.randint(2008, 2025)
    return Estate(
        address, owner, area, use,
        unit_number=f"{AREA}001001GB{serial // 60 + 1:05}F{serial % 60 + 1:08}",
        certificate=f"示({year})示范区不动产权第{serial + 1:07}号",
    )  # fmt: skip


def _vehicle(
    chance: Random, serial: int, owner: str, models: tuple[str, ...], kind: str
) -> Vehicle:
    registered = AS_OF - timedelta(days=chance.randint(30, 4000))
    until = AS_OF + timedelta(days=chance.randint(30, 700))
    return Vehicle(f"示A{serial + 1:05}", chance.choice(models), owner, kind, registered, until)
