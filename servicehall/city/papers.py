"""Papers (已持有的证照): licenses issued elsewhere that the license library knows about."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from servicehall.city.belongings import Estate, Vehicle
from servicehall.city.careers import Career
from servicehall.city.offices import office_of
from servicehall.city.organizations import Company
from servicehall.city.people import AS_OF, Resident
from servicehall.kernel.codes import check37

ROOT = "1.2.156.3005.2"
FOREVER = "长期"
Paper = dict[str, str]


class Press:
    """Makes the papers of one holder, each with an identifier of its own (GB/T 36904).

    *holder* numbers the holders from 1; nobody has a hundred papers.
    """

    def __init__(self, chance: Random, holder: int) -> None:
        self.chance = chance
        self._serial = holder * 100

    def paper(
        self, slug: str, name: str, *, office: str, number: str, since: date, until: date | None
    ) -> Paper:
        """One paper of the type *slug*, issued by the department with the short name *office*."""
        issuer = office_of(office)
        self._serial += 1
        parts = (issuer.code + _TYPES[slug], issuer.code, f"{since:%Y}9{self._serial:09}", "001")
        return {
            "type": slug, "name": name, "number": number, "issuer": issuer.name,
            "identifier": ".".join((ROOT, *parts, check37("".join(parts)))),
            "valid_from": since.isoformat(), "valid_to": until.isoformat() if until else FOREVER,
        }  # fmt: skip

    def recent(self) -> date:
        """A day of the last two years."""
        return AS_OF - timedelta(days=self.chance.randint(20, 700))


# The last three characters of a type code; those that licenses/*.yaml declare are the same there.
_TYPES = {
    "id-card": "001", "business-license": "002", "food-business": "001", "nurse-certificate": "001",
    "labor-dispatch": "001", "property-certificate": "901", "vehicle-license": "901",
    "marriage-certificate": "901",
}  # fmt: skip


def of_person(
    press: Press, somebody: Resident, career: Career, estate: Estate | None, cars: list[Vehicle]
) -> Iterator[Paper]:
    """The licenses of one resident."""
    if somebody.age >= 16:
        yield _id_card(press, somebody)
    if somebody.marriage == "已婚" and somebody.married_on:
        yield press.paper(
            "marriage-certificate", "结婚证", office="民政", number=marriage_number(somebody),
            since=somebody.married_on, until=None,
        )  # fmt: skip
    if career.registered:
        since = press.recent()
        yield press.paper(
            "nurse-certificate", "护士执业证书", office="卫健", number=f"99{somebody.serial:08}",
            since=since, until=_years(since, 5),
        )  # fmt: skip
    yield from _of_belongings(press, estate, cars)


def of_company(
    press: Press, company: Company, estate: Estate | None, cars: list[Vehicle]
) -> Iterator[Paper]:
    """The licenses of one company; those closed down have none but their business license."""
    yield press.paper(
        "business-license", "营业执照", office="市监", number=company.code,
        since=company.established, until=None,
    )  # fmt: skip
    yield from _of_belongings(press, estate, cars)
    if company.status != "存续" or not company.licensed:
        return
    if company.trade.code in ("restaurant", "hotel"):
        since = press.recent()
        yield press.paper(
            "food-business", "食品经营许可证", office="市监", number=f"JY2990101{company.code[-8:]}",
            since=since, until=_years(since, 5),
        )  # fmt: skip
    if company.trade.code == "dispatch":
        since = press.recent()
        yield press.paper(
            "labor-dispatch", "劳务派遣经营许可证", office="人社", number=f"99{company.code[-8:]}",
            since=since, until=_years(since, 3),
        )  # fmt: skip


def marriage_number(somebody: Resident) -> str:
    """The number on the marriage certificate (结婚证字号), the same for both of the couple."""
    first = min(filter(None, (somebody, somebody.spouse)), key=lambda one: one.serial)
    return f"J990101-{somebody.married_on:%Y}-{first.serial:06}"


def _id_card(press: Press, somebody: Resident) -> Paper:
    """Valid for ten years until 25, twenty until 45, then without end (居民身份证法 5 条)."""
    since = press.recent()
    age = since.year - somebody.birth.year
    until = None if age > 45 else _years(since, 20 if age > 25 else 10)
    return press.paper(
        "id-card", "居民身份证", office="公安", number=somebody.number, since=since, until=until
    )


def _of_belongings(press: Press, estate: Estate | None, cars: list[Vehicle]) -> Iterator[Paper]:
    if estate:
        since = date(int(estate.certificate[2:6]), 6, 1)
        yield press.paper(
            "property-certificate", "不动产权证书", office="规划", number=estate.certificate,
            since=since, until=None,
        )  # fmt: skip
    for car in cars:
        yield press.paper(
            "vehicle-license", "机动车行驶证", office="公安", number=car.plate,
            since=car.registered, until=car.inspection_until,
        )  # fmt: skip


def _years(since: date, years: int) -> date:
    """The last day of a validity of *years* that begins on *since*."""
    first_after = since.replace(year=since.year + years, day=min(since.day, 28))
    return first_after - timedelta(days=1)
