"""A small hall: one database, one disk, one signer, a clock that stands still."""

import os
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest

from servicehall.kernel.audit import GENESIS, AuditHead
from servicehall.kernel.codes import citizen_check
from servicehall.kernel.database import Base, open_database
from servicehall.kernel.mint import Mint
from servicehall.kernel.settings import HOME
from servicehall.kernel.vault import Vault
from servicehall.kernel.work import Actor, UnitOfWork
from servicehall.licenses import issuing
from servicehall.licenses.ordering import IssueOrder
from servicehall.licenses.record import Evidence, Holder
from servicehall.licenses.schema import Face, LicenseType, Template
from servicehall.printing.press import Press
from servicehall.signing.adapters.authority import LocalAuthority
from servicehall.signing.adapters.software import SoftwareSigner, SoftwareSm2Signer
from servicehall.signing.signer import Issuer, Signer, Sm2Signer
from servicehall.signing.stamper import Stamper
from servicehall.storage.adapters.disk import DiskStore
from servicehall.storage.store import FileStore
from servicehall.transparency.checkpoints import LicenseHeads
from servicehall.transparency.models import LicenseLog
from servicehall.verifying import examiner, shown, verification

BUREAU = "11990100000001011X"
NUMBER = "99010119900307123" + citizen_check("99010119900307123")
REVIEWER = Actor("u1", "审查员", frozenset({"reviewer"}), department=BUREAU)
FONTS = HOME / "static" / "fonts"


def tool(name):
    """Marks a test that needs the program *name*: skipped without it, unless nothing may be."""
    absent = shutil.which(name) is None and os.environ.get("HALL_REQUIRE_ALL") != "1"
    skip = pytest.mark.skipif(absent, reason=f"{name} is not installed")
    return lambda test: pytest.mark.tool(skip(test))


class StillClock:
    def __init__(self):
        self.moment = datetime(2026, 3, 1, 8, tzinfo=UTC)

    def now(self):
        return self.moment

    def pass_days(self, days):
        self.moment += timedelta(days=days)


class Hall:
    """Opens works over one folder; ``restart`` forgets all that is only in memory."""

    def __init__(self, folder):
        self.folder, self.clock = folder, StillClock()
        self.database = None
        self.restart()
        Base.metadata.create_all(self.database.engine)
        with self.database.session() as session:
            session.add(AuditHead(id=1, length=0, hash=GENESIS))
            session.add(LicenseLog(id=1, length=0, hash=GENESIS))
            session.commit()

    def restart(self):
        self.close()
        self.database = open_database(f"sqlite:///{self.folder}/hall.db", Vault(b"k" * 32))
        self.store = DiskStore(self.folder / "files")
        self.second = SoftwareSm2Signer(self.folder / "keys" / "sm2", b"s" * 32, self.clock)
        self.signer = SoftwareSigner(
            self.folder / "keys", b"s" * 32, self.clock, besides=self.second.anchors
        )
        self.adapters = {
            FileStore: self.store,
            Signer: self.signer,
            Sm2Signer: self.second,
            Press: Press(FONTS, "http://hall.example"),
            LicenseHeads: LicenseHeads(self.folder / "heads.jws", self.signer, self.clock),
            Stamper: LocalAuthority(self.signer, self.clock),
            Mint: Mint(b"m" * 32),
        }

    def work(self, actor=REVIEWER):
        return UnitOfWork(self.database, actor, self.clock, self.adapters)

    def issue(self, order):
        with self.work() as work:
            license = issuing.plan(work, order)
            work.commit()
            issuing.finish(work, license)
            work.commit()
            return license

    def close(self):
        if self.database is not None:
            self.database.close()


@pytest.fixture
def hall(tmp_path):
    hall = Hall(tmp_path)
    yield hall
    hall.close()


@pytest.fixture
def work(hall):
    with hall.work() as work:
        yield work


def license_type(**changes):
    given = {
        "slug": "fishing-permit",
        "code": BUREAU + "001",
        "name": "渔业捕捞许可证",
        "holders": "person",
        "issuer": BUREAU,
        "issuer_name": "示范市农业农村局",
        "faces": (
            Face(code="name", name="姓名"),
            Face(code="number", name="公民身份号码", kind="citizen_number"),
            Face(code="vessel", name="船名"),
            Face(code="built_on", name="建造日期", kind="date", required=False),
            Face(code="fee", name="资源增殖保护费", kind="money", required=False),
        ),
        "valid_months": 60,
        "template": Template(page="a4-landscape"),
        "statement": "经审查，准予在核定的水域从事渔业捕捞。",
    }
    return LicenseType(**{**given, **changes})


def order(key="C-1", **changes):
    given = {
        "key": key,
        "type": license_type(),
        "holder": Holder(kind="person", code=NUMBER, name="欧阳𬱖婳祎"),
        "faces": {
            "name": "欧阳𬱖婳祎",
            "number": NUMBER,
            "vessel": "示渔 0001 号",
            "built_on": date(2019, 5, 1),
            "fee": 123450,
        },
        "party": "person:p1",
        "evidence": (
            Evidence(
                fact="姓名",
                registry="population",
                dataset="household",
                field="name",
                call="call-1",
                request_hash="0" * 64,
                fetched_at=datetime(2026, 2, 27, 9, 30, tzinfo=UTC),
            ),
        ),
    }
    return IssueOrder(**{**given, **changes})


class InProcess:
    """The same examination without a process for each of hundreds of files."""

    def ask(self, content):
        return examiner.answer(content)


@pytest.fixture
def in_process(monkeypatch):
    for asking in (shown, verification):
        monkeypatch.setattr(asking, "EXAMINERS", InProcess())


@pytest.fixture
def license(hall):
    return hall.issue(order())


@pytest.fixture
def pdf(hall, license):
    return hall.store.get(license.pdf_key)


def issuer_of(license):
    return Issuer(license.record.issuer.code, license.record.issuer.name)
