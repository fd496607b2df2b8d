"""Seeding (演示数据): regions, departments and the demo accounts; never run in production mode."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from servicehall.city.offices import PLACES, Office, far_window, office_of, offices, window
from servicehall.city.people import Resident
from servicehall.city.town import town
from servicehall.identity import accounts, directory, mandates
from servicehall.identity.models import Account, Department, Organization, Person, Region
from servicehall.kernel.work import UnitOfWork

PASSWORD = "Hall-demo-2026"  # noqa: S105 - shown on the terminal; demo mode only
LEVEL = 3
STEWARDS = {
    "police": "公安", "civil": "民政", "hr": "人社", "health": "卫健", "market": "市监",
    "tax": "税务", "staffing": "编办",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One demo account: who signs in, as what, and what it is there to show."""

    login: str
    name: str
    roles: str
    purpose: str
    office: Office | None = None
    resident: Resident | None = None


def parts() -> tuple[Part, ...]:
    """Every demo account, in the order in which the terminal shows them."""
    return (*_citizens(), *_staff())


def seed(work: UnitOfWork) -> int:
    """Add what is missing of regions, departments and demo accounts; the accounts added.

    All demo accounts share PASSWORD and so one argon2id hash: hashing is slow on purpose.
    """
    known = set(work.session.scalars(select(Account.login)))
    missing = [part for part in parts() if part.login not in known]
    made = _regions(work) + _departments(work)
    if missing:
        secret = accounts.hashed(PASSWORD)
        people = {p.login: _person(work, p.resident) for p in missing if p.resident}
        work.session.add_all(_account(p, secret, people.get(p.login)) for p in missing)
        work.session.flush()
    made += _mandate(work)
    if missing or made:
        work.record("city.seeded", "city", accounts=len(missing), others=made)
    return len(missing)


def welcome() -> list[str]:
    """What the terminal says: the one password, then login, who and what for."""
    lines = [f"{p.login:<20}{p.name}：{p.purpose}" for p in parts()]
    return [f"口令都是 {PASSWORD}（只在演示模式有效）", *lines]


def _citizens() -> Iterator[Part]:
    cast = town().cast
    yield Part(
        "wang",
        cast.wang.name,
        "citizen",
        "申请护士执业注册（示范医院新聘护士）",
        resident=cast.wang,
    )
    purpose = f"{cast.restaurant.name}法定代表人，申请食品经营许可；也可以个人身份办事"
    yield Part("li", cast.li.name, "citizen", purpose, resident=cast.li)
    yield Part("chen", cast.chen.name, "citizen", "年满 80 周岁，申领高龄津贴", resident=cast.chen)


def _staff() -> Iterator[Part]:
    yield Part("clerk", "综合窗口", "clerk", "收件、受理、补正、收费", window())
    yield Part("clerk-two", "二号窗口", "clerk", "与 clerk 同在综合窗口，看两人同办", window())
    told = "异地窗口：代收示范区通办的事项，只作形式审查"
    yield Part("clerk-newtown", "新城窗口", "clerk", told, far_window())
    for office in offices():
        if office.desk:
            purpose = f"{office.name}的审查和决定"
            yield Part(
                f"reviewer-{office.desk}", f"{office.short}审批员", "reviewer", purpose, office
            )
            told = f"{office.name}负责人：批准延期，也可以审查"
            yield Part(
                f"head-{office.desk}", f"{office.short}负责人", "reviewer head", told, office
            )
    for login, short in STEWARDS.items():
        purpose = f"{office_of(short).name}的共享数据：申请、答复、目录、数据质量"
        yield Part(f"steward-{login}", f"{short}数据管理员", "steward", purpose, office_of(short))
    yield Part("supervisor", "效能监督员", "supervisor", "查看时限、预警和好差评", window())
    yield Part("items", "事项管理员", "item_admin", "起草、送审办事指南", window())
    yield Part("checker", "事项审核员", "item_admin", "发布前两人都起草过的办事指南", window())
    yield Part("publisher", "事项发布员", "item_admin", "核对、发布别人起草的办事指南", window())
    yield Part(
        "verifier", "证照核验员", "verifier", "以用证部门身份核验电子证照", office_of("教育")
    )
    yield Part("auditor", "审计员", "auditor", "核对操作留痕", office_of("审计"))


def _regions(work: UnitOfWork) -> int:
    known = set(work.session.scalars(select(Region.code)))
    new = [
        Region(code=p.code, name=p.name, level=p.level, parent=p.parent)
        for p in PLACES
        if p.code not in known
    ]
    work.session.add_all(new)
    work.session.flush()
    return len(new)


def _departments(work: UnitOfWork) -> int:
    known = set(work.session.scalars(select(Department.code)))
    new = [
        Department(
            code=o.code, name=o.name, short=o.short, region=o.region, one_window=o.one_window
        )
        for o in offices()
        if o.code not in known
    ]
    work.session.add_all(new)
    work.session.flush()
    return len(new)


def _person(work: UnitOfWork, resident: Resident) -> Person:
    found = directory.person_by_number(work, resident.number)
    if found is None:
        found = Person(
            key=directory.new_key(), number_index=resident.number, number=resident.number,
            name=resident.name, phone=resident.phone, level=LEVEL,
        )  # fmt: skip
        work.session.add(found)
    return found


def _account(part: Part, secret: str, person: Person | None) -> Account:
    return Account(
        key=directory.new_key(), login=part.login, secret=secret, roles=part.roles, name=part.name,
        person=person, department_code=part.office.code if part.office else None,
    )  # fmt: skip


def _mandate(work: UnitOfWork) -> int:
    """Li acts for his restaurant; a mandate that somebody ended is not given again."""
    company = town().cast.restaurant
    known = work.session.scalar(select(Organization).where(Organization.code == company.code))
    if known is not None:
        return 0
    organization = Organization(code=company.code, name=company.name)
    work.session.add(organization)
    work.session.flush()
    li = directory.person_by_number(work, company.representative.number)
    if li is None:
        raise RuntimeError("the legal representative has no account")
    mandates.give(work, li, organization, "法定代表人")
    return 1
