"""Careers (学历和就业): who studied what, who works where, and since when insurance was paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from servicehall.city.organizations import Company
from servicehall.city.people import AS_OF, Resident

NURSES = 60
SCHOOLS = ("示范大学", "示范师范学院", "示范理工学院", "示范职业技术学院")
NURSING_SCHOOL = "示范卫生职业学院"
MAJORS = ("会计学", "计算机科学与技术", "机械工程", "汉语言文学", "工商管理", "土木工程", "法学")
INSURED, STOPPED, RETIRED = "正常参保", "停保", "享受养老待遇"


@dataclass(frozen=True, slots=True)
class Degree:
    """An academic degree (学历)."""

    level: str
    school: str
    major: str
    graduated: date


@dataclass(frozen=True, slots=True)
class Insurance:
    """Where somebody stands with social insurance (参保); no employer unless INSURED."""

    status: str
    employer: Company | None
    since: date
    months: int


@dataclass(frozen=True, slots=True)
class Career:
    """What is known about one person; ``registered`` as a nurse (执业注册)."""

    degree: Degree | None = None
    insurance: Insurance | None = None
    registered: bool = False


def lives(
    chance: Random, residents: Sequence[Resident], companies: Sequence[Company]
) -> dict[str, Career]:
    """A career for every adult, by identity number; the first young women become nurses."""
    clinics = [c for c in companies if c.trade.code == "clinic" and c.status == "存续"]
    employers = [c for c in companies if c.status == "存续"]
    own = {c.representative.number: c for c in employers}
    careers: dict[str, Career] = {}
    nurses = 0
    for somebody in residents:
        if somebody.age < 18:
            continue
        if nurses < NURSES and somebody.sex == "女" and 22 <= somebody.age <= 40:
            nurses += 1
            careers[somebody.number] = nurse(chance, somebody, chance.choice(clinics))
        else:
            employer = own.get(somebody.number) or chance.choice(employers)
            careers[somebody.number] = _career(chance, somebody, employer)
    return careers


def nurse(chance: Random, somebody: Resident, employer: Company) -> Career:
    """A trained nurse, insured by *employer*."""
    level, years = ("本科", 22) if somebody.age > 22 and chance.random() < 0.4 else ("专科", 21)
    graduated = date(somebody.birth.year + years, 6, 30)
    degree = Degree(level, NURSING_SCHOOL, "护理学" if level == "本科" else "护理", graduated)
    return Career(degree, working(employer, date(graduated.year, 8, 1)), registered=True)


def working(employer: Company, since: date) -> Insurance:
    """Insured by *employer*, without a gap since the month of *since*."""
    return Insurance(INSURED, employer, since, _months(since))


def _career(chance: Random, somebody: Resident, employer: Company) -> Career:
    start = date(somebody.birth.year + chance.randint(18, 23), 8, 1)
    degree = _degree(chance, start) if chance.random() < 0.5 and start < AS_OF else None
    if start >= AS_OF:
        return Career()
    if somebody.age >= 60:
        paid = chance.randint(180, 420)
        return Career(degree, Insurance(RETIRED, None, date(start.year, 8, 1), paid))
    if chance.random() < 0.08:
        return Career(degree, Insurance(STOPPED, None, start, _months(start) // 2))
    return Career(degree, working(employer, start))


def _degree(chance: Random, start: date) -> Degree:
    level = chance.choices(("高中", "专科", "本科", "硕士研究生"), (2, 4, 4, 1))[0]
    school = "示范市第一中学" if level == "高中" else chance.choice(SCHOOLS)
    major = "" if level == "高中" else chance.choice(MAJORS)
    return Degree(level, school, major, date(start.year, 6, 30))


def _months(since: date) -> int:
    return max(0, (AS_OF.year - since.year) * 12 + AS_OF.month - since.month)
