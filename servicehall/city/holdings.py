"""Holdings (库存数据): what the registries of the demo city hold about a subject, by dataset."""

from collections.abc import Callable
from datetime import date

from servicehall.city import papers, registers
from servicehall.city.careers import Career
from servicehall.city.institutions import Institution
from servicehall.city.people import AS_OF, Resident
from servicehall.city.town import Town, chance, town

Record = dict[str, str]


def records(dataset: str, subject: str) -> list[Record]:
    """The records of *dataset* about *subject*, an identity number or credit code.

    Every value is a string, '' where nothing is known; [] for an unknown dataset or subject.
    """
    if dataset in registers.REGISTERS:
        return registers.records(town(), dataset, subject)
    answer = _ANSWERS.get(dataset)
    return answer(town(), subject) if answer else []


def subjects(dataset: str) -> list[str]:
    """Everybody about whom *dataset* may hold records; [] for an unknown dataset."""
    city = town()
    if dataset in registers.REGISTERS:
        return list(registers.subjects(city, dataset))
    bodies = [*city.companies, *city.institutions]
    if dataset == "legal.organization":
        return bodies
    return [*city.people, *bodies] if dataset in _ANSWERS else []


def _person(city: Town, number: str) -> list[Record]:
    somebody = city.people.get(number)
    if somebody is None:
        return []
    return [
        {
            "name": somebody.name, "sex": somebody.sex, "ethnicity": somebody.ethnicity,
            "birth_date": somebody.birth.isoformat(), "number": somebody.number,
            "household_address": somebody.household, "residence_address": somebody.residence,
            "status": "正常",
        }
    ]  # fmt: skip


def _family(city: Town, number: str) -> list[Record]:
    somebody = city.people.get(number)
    if somebody is None:
        return []
    spouse = somebody.spouse
    children = (f"{c.name} {c.birth.isoformat()}" for c in somebody.children)
    return [
        {
            "relation": somebody.relation,
            "spouse_name": spouse.name if spouse else "",
            "spouse_number": spouse.number if spouse else "",
            "children_count": str(len(somebody.children)), "children": "；".join(children),
            "father_name": _name(somebody.father), "mother_name": _name(somebody.mother),
        }
    ]  # fmt: skip


def _organization(city: Town, code: str) -> list[Record]:
    if institution := city.institutions.get(code):
        return [_institution(institution)]
    company = city.companies.get(code)
    if company is None:
        return []
    return [
        {
            "name": company.name, "uscc": company.code, "kind": "有限责任公司（自然人投资或控股）",
            "legal_representative": company.representative.name,
            "representative_number": company.representative.number,
            "registered_capital": str(company.capital),
            "established_on": company.established.isoformat(), "address": company.address,
            "scope": company.trade.scope, "status": company.status,
            "industry": company.trade.industry,
        }
    ]  # fmt: skip


def _institution(held: Institution) -> Record:
    return {
        "name": held.name, "uscc": held.code, "kind": "事业单位法人",
        "legal_representative": held.head.name, "representative_number": held.head.number,
        "registered_capital": "", "established_on": held.established.isoformat(),
        "address": held.address, "scope": "公益服务", "status": "存续", "industry": "公共管理",
    }  # fmt: skip


def _property(city: Town, subject: str) -> list[Record]:
    estate = city.estates.get(subject)
    if estate is None:
        return []
    return [
        {
            "address": estate.address, "unit_number": estate.unit_number, "owner": estate.owner,
            "area_m2": str(estate.area_m2), "use": estate.use,
            "certificate_number": estate.certificate,
        }
    ]  # fmt: skip


def _credit(city: Town, subject: str) -> list[Record]:
    somebody = city.people.get(subject)
    if not (subject in city.companies or (somebody and somebody.age >= 18)):
        return []
    trusted = subject in _good(city) or chance(f"credit:{subject}").random() > 0.02
    return [
        {
            "status": "无失信记录" if trusted else "失信被执行人",
            "dishonest_count": "0" if trusted else "1", "checked_on": AS_OF.isoformat(),
        }
    ]  # fmt: skip


def _held(city: Town, subject: str) -> list[Record]:
    estate, cars = city.estates.get(subject), city.vehicles.get(subject, [])
    if somebody := city.people.get(subject):
        press = papers.Press(chance(f"papers:{subject}"), somebody.serial + 1)
        career = city.careers.get(subject, _NO_CAREER)
        return list(papers.of_person(press, somebody, career, estate, cars))
    if company := city.companies.get(subject):
        # Companies number their papers by the digits of their code, far from those of people.
        press = papers.Press(chance(f"papers:{subject}"), 1_000_000 + int(subject[10:16]))
        return list(papers.of_company(press, company, estate, cars))
    return []


def _marriage(city: Town, number: str) -> list[Record]:
    somebody = city.people.get(number)
    if somebody is None or somebody.age < 18:
        return []
    married = somebody.marriage == "已婚"
    return [
        {
            "status": somebody.marriage, "spouse_name": _name(somebody.spouse),
            "registered_on": _day(somebody.married_on),
            "certificate_number": papers.marriage_number(somebody) if married else "",
        }
    ]  # fmt: skip


def _degree(city: Town, number: str) -> list[Record]:
    career = city.careers.get(number)
    if career is None or career.degree is None:
        return []
    degree = career.degree
    return [
        {
            "level": degree.level, "school": degree.school, "major": degree.major,
            "graduated_on": degree.graduated.isoformat(),
            "certificate_number": f"99990{degree.graduated:%Y}05{city.people[number].serial:06}",
        }
    ]  # fmt: skip


def _insurance(city: Town, subject: str) -> list[Record]:
    if subject in city.companies:
        return [_employer(city, subject)]
    somebody, career = city.people.get(subject), city.careers.get(subject, _NO_CAREER)
    if somebody is None or career.insurance is None:
        return []
    held = career.insurance
    return [
        {
            "status": held.status, "employer": held.employer.name if held.employer else "",
            "months_paid": str(held.months), "first_paid_on": held.since.isoformat(),
            "card_number": f"9901{10_000_000 + somebody.serial}", "insured_count": "",
        }
    ]  # fmt: skip


def _employer(city: Town, code: str) -> Record:
    return {
        "status": "正常参保", "employer": city.companies[code].name, "months_paid": "",
        "first_paid_on": city.companies[code].established.isoformat(), "card_number": "",
        "insured_count": str(city.insured[code]),
    }  # fmt: skip


def _vehicle(city: Town, subject: str) -> list[Record]:
    return [
        {
            "plate": car.plate, "model": car.model, "owner": car.owner,
            "registered_on": car.registered.isoformat(),
            "inspection_valid_to": car.inspection_until.isoformat(), "kind": car.kind,
        }
        for car in city.vehicles.get(subject, [])
    ]  # fmt: skip


def _good(city: Town) -> frozenset[str]:
    """The residents and companies with demo accounts have nothing on record."""
    cast = city.cast
    return frozenset(
        (cast.wang.number, cast.li.number, cast.chen.number, cast.restaurant.code,
         cast.hospital.code)
    )  # fmt: skip


def _name(somebody: Resident | None) -> str:
    return somebody.name if somebody else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


_NO_CAREER = Career()
_ANSWERS: dict[str, Callable[[Town, str], list[Record]]] = {
    "population.person": _person,
    "population.family": _family,
    "legal.organization": _organization,
    "space.property": _property,
    "credit.record": _credit,
    "licenses.held": _held,
    "civil.marriage": _marriage,
    "education.degree": _degree,
    "social.insurance": _insurance,
    "vehicle.record": _vehicle,
}
