"""Citizens (测试申请人): synthetic residents with accounts, signed in once before the rounds."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.browser import Browser
from benchmarks.pages import token
from servicehall import factory
from servicehall.city import seeding
from servicehall.city.careers import INSURED
from servicehall.city.people import Resident
from servicehall.city.town import town
from servicehall.identity import accounts
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM


@dataclass(frozen=True)
class Session:
    """A signed-in browser's cookies."""

    login: str
    cookies: dict[str, str]


def seed(data: Path, count: int) -> list[str]:
    """Accounts for *count* residents of whom the registries know degree and insurance; logins."""
    chosen = _residents(count)
    hall = factory.open_hall(Settings(data=str(data)))
    secret = accounts.hashed(seeding.PASSWORD)
    logins = [f"bench-{index}" for index in range(count)]
    with hall.work(SYSTEM) as work:
        for login, who in zip(logins, chosen, strict=True):
            part = seeding.Part(login, who.name, "citizen", "benchmark", resident=who)
            person = seeding._person(work, who)  # as the demo accounts are made, so never stale
            work.session.add(seeding._account(part, secret, person))
        work.record("city.seeded", "city", accounts=count, others=0)
        work.commit()
    hall.close()
    return logins


def _residents(count: int) -> list[Resident]:
    careers = town().careers
    found = [
        who
        for number, who in town().people.items()
        if (life := careers.get(number)) and life.degree and not life.registered
        and life.insurance and life.insurance.status == INSURED and who is not town().cast.wang
        and who is not town().cast.li and who is not town().cast.chen
    ]  # fmt: skip
    if len(found) < count:
        raise RuntimeError(f"the city has only {len(found)} fitting residents, not {count}")
    return found[:count]


def sign_in(base: str, logins: Sequence[str]) -> list[Session]:
    """Everybody through the real form, four at a time."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda login: _signed_in(base, login), logins))


def _signed_in(base: str, login: str) -> Session:
    browser = Browser(base)
    page = browser.get("/signin")
    browser.multipart("/signin", csrf_token=token(page), login=login, secret=seeding.PASSWORD)
    return Session(login, browser.cookies)
