"""Town (全城): the demo city as a whole, built from one seed when it is first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from servicehall.city import belongings, careers, cast, families, institutions, organizations
from servicehall.city.belongings import Estate, Vehicle
from servicehall.city.careers import Career
from servicehall.city.cast import Cast
from servicehall.city.institutions import Institution
from servicehall.city.organizations import Company
from servicehall.city.people import Maternity, Resident

SEED = "示范城市 2026"


@dataclass(frozen=True, slots=True)
class Town:
    """Everybody and everything, by identity number or credit code."""

    people: Mapping[str, Resident]
    companies: Mapping[str, Company]
    institutions: Mapping[str, Institution]
    careers: Mapping[str, Career]
    estates: Mapping[str, Estate]
    vehicles: Mapping[str, list[Vehicle]]
    insured: Mapping[str, int]
    cast: Cast


@cache
def town() -> Town:
    """The one city of this process: always the same people with the same numbers."""
    maternity = Maternity(chance("people"))
    actors = cast.enter(maternity)
    first = len(maternity.everyone)
    families.settle(maternity)
    residents, others = maternity.everyone, maternity.everyone[first:]
    adults = [p for p in others if 25 <= p.age <= 64]
    companies = [*organizations.found(chance("companies"), adults), *actors.companies]
    lives = careers.lives(chance("careers"), residents, companies) | actors.careers()
    insured: dict[str, int] = {c.code: 0 for c in companies}
    for life in lives.values():
        if life.insurance and life.insurance.employer:
            insured[life.insurance.employer.code] += 1
    return Town(
        people={p.number: p for p in residents},
        companies={c.code: c for c in companies},
        institutions={i.code: i for i in institutions.found(chance("institutions"), adults)},
        careers=lives,
        estates=belongings.estates(chance("estates"), residents, companies),
        vehicles=belongings.vehicles(chance("vehicles"), others, companies),
        insured=insured,
        cast=actors,
    )


def chance(topic: str) -> Random:
    """Draws for one topic, so that a change of one does not move the others."""
    return Random(f"{SEED}:{topic}")  # noqa: S311 - nothing here is secret
