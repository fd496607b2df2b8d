"""Cast (示范角色): the residents and the company that the demo accounts belong to."""

from dataclasses import dataclass
from datetime import date
from random import Random

from servicehall.city import families
from servicehall.city.careers import Career, Degree, working
from servicehall.city.organizations import TRADES, Company, code_of
from servicehall.city.people import Maternity, Resident

RESTAURANT_SERIAL, HOSPITAL_SERIAL = 900001, 900002


@dataclass(frozen=True, slots=True)
class Cast:
    """The residents with demo accounts, what they run and where they work."""

    wang: Resident
    li: Resident
    chen: Resident
    restaurant: Company
    hospital: Company

    @property
    def companies(self) -> tuple[Company, Company]:
        return self.restaurant, self.hospital

    def careers(self) -> dict[str, Career]:
        """A trained nurse at the hospital, and a cook who runs his own company."""
        school = Degree("专科", "示范卫生职业学院", "护理", date(2024, 6, 30))
        return {
            self.wang.number: Career(school, working(self.hospital, date(2024, 8, 1))),
            self.li.number: Career(None, working(self.restaurant, self.restaurant.established)),
        }


def enter(maternity: Maternity) -> Cast:
    """Born before everybody else, so that their numbers and phones never change."""
    chance = maternity.chance
    wang = _wang(maternity)
    li = _li(maternity)
    chen = maternity.born("女", 0, name="陈秀英", birth=date(1943, 3, 8))
    chen.marriage = "丧偶"
    families.house(chance, [chen], local=True)
    chief = maternity.born("男", 0, name="沈致远", birth=date(1971, 11, 2))
    families.house(chance, [chief], local=True)
    restaurant = _company(chance, RESTAURANT_SERIAL, "春和里餐饮管理有限公司", "restaurant", li)
    hospital = _company(chance, HOSPITAL_SERIAL, "示范医院有限公司", "clinic", chief)
    return Cast(wang, li, chen, restaurant, hospital)


def _wang(maternity: Maternity) -> Resident:
    father = maternity.born("男", 0, name="王建国", birth=date(1974, 4, 20))
    mother = maternity.born("女", 0, name="赵玉兰", birth=date(1976, 9, 5))
    families.marry(father, mother, date(2000, 10, 1))
    wang = maternity.born("女", 0, name="王雨桐", birth=date(2002, 5, 18))
    families.bear(wang, father, mother)
    families.house(maternity.chance, [father, mother, wang], local=True)
    return wang


def _li(maternity: Maternity) -> Resident:
    li = maternity.born("男", 0, name="李志强", birth=date(1983, 9, 12))
    wife = maternity.born("女", 0, name="周晓燕", birth=date(1985, 1, 30))
    families.marry(li, wife, date(2010, 5, 2))
    child = maternity.born("女", 0, name="李思涵", birth=date(2013, 7, 7))
    families.bear(child, li, wife)
    families.house(maternity.chance, [li, wife, child], local=True)
    return li


def _company(chance: Random, serial: int, name: str, trade: str, chief: Resident) -> Company:
    line = next(t for t in TRADES if t.code == trade)
    return Company(
        code=code_of(serial), name=f"示范市{name}", trade=line, representative=chief,
        capital=500_000, established=date(2023, 3, 15),
        address=f"示范省示范市示范区示范街道春和路{serial % 100 + 7}号1层", area_m2=186,
        licensed=False,
    )  # fmt: skip
