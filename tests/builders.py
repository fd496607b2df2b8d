"""Builders: a database with every table, a clock that stands still, units of work, people.

Tests run on an SQLite file of their own, or on the PostgreSQL of ``HALL_TEST_DATABASE_URL``, whose
tables are emptied for each test. Tables are made once for all tests: see ``kept``.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from servicehall.identity import directory
from servicehall.identity.models import Account, Department, Organization, Person, Region
from servicehall.kernel.audit import GENESIS, AuditHead
from servicehall.kernel.database import Database, open_database
from servicehall.kernel.vault import Vault
from servicehall.kernel.work import SYSTEM, Actor, UnitOfWork
from servicehall.signing.stamper import Stamper
from servicehall.tables import METADATA
from servicehall.transparency import treeheads
from servicehall.transparency.models import LicenseLog, TreeHead
from tests import kept

SERVER = os.environ.get("HALL_TEST_DATABASE_URL", "")
MASTER = b"k" * 32
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # a Monday, 12:00 in Beijing
NUMBER, OTHER_NUMBER = "110101199003071233", "990102198506150019"
CODE = "91990102MA0000015T"

Begin = Callable[..., UnitOfWork]


class StillClock:
    """Tells the same time until somebody moves it."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)


def empty_database(folder: Path) -> Database:
    """A database without tables."""
    opened = _opened(folder)
    if SERVER:
        with opened.engine.begin() as connection:
            kept.anew(connection)
    return opened


def whole_database(folder: Path) -> Database:
    """A database with every table and the beginning of the audit chain."""
    if not SERVER:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "hall.db").write_bytes(_whole_file())
        return _opened(folder)
    opened = _opened(folder)
    kept.prepare(opened.engine)
    _begun(opened)
    return opened


def _opened(folder: Path) -> Database:
    return open_database(SERVER or f"sqlite:///{folder}/hall.db", Vault(MASTER))


def _begun(opened: Database) -> None:
    with opened.session() as session:
        session.add(AuditHead(id=1, length=0, hash=GENESIS))
        session.add(LicenseLog(id=1, length=0, hash=GENESIS))
        session.commit()


@cache
def _whole_file() -> bytes:
    """An SQLite file with every table, as it is once the last connection is closed."""
    with tempfile.TemporaryDirectory() as folder:
        with _opened(Path(folder)) as opened:
            METADATA.create_all(opened.engine)
            _begun(opened)
        assert not Path(folder, "hall.db-wal").exists()
        return Path(folder, "hall.db").read_bytes()


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def adapters() -> Mapping[type, Any]:
    """What is plugged into the ports; a test module may say otherwise."""
    return {}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with whole_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def begin(database: Database, clock: StillClock, adapters: Mapping[type, Any]) -> Begin:
    """Begins a unit of work: ``begin()`` for the system, ``begin(actor)`` for somebody."""

    def unit(actor: Actor = SYSTEM) -> UnitOfWork:
        return UnitOfWork(database, actor, clock, adapters)

    return unit


@pytest.fixture
def work(begin: Begin) -> Iterator[UnitOfWork]:
    with begin() as opened:
        yield opened


def person(work: UnitOfWork, number: str = NUMBER, *, name: str = "王小明") -> Person:
    """A resident known to the hall."""
    somebody = Person(
        key=directory.new_key(), number_index=number, number=number, name=name,
        phone="19900000001", level=3,
    )  # fmt: skip
    work.session.add(somebody)
    work.session.flush()
    return somebody


def organization(work: UnitOfWork, code: str = CODE, *, name: str = "示范商店") -> Organization:
    made = Organization(code=code, name=name)
    work.session.add(made)
    work.session.flush()
    return made


def department(work: UnitOfWork, code: str = "119901010000002388") -> Department:
    """The health department, in its region."""
    work.session.add(Region(code="990101000000", name="示范区", level=4, parent=""))
    work.session.flush()
    made = Department(code=code, name="示范区卫生健康局", short="卫健", region="990101000000")
    work.session.add(made)
    work.session.flush()
    return made


def account(
    work: UnitOfWork, login: str, *, secret: str = "", roles: str = "citizen",
    holder: Person | None = None, place: Department | None = None,
) -> Account:  # fmt: skip
    """An account; *secret* is its hash."""
    made = Account(
        key=directory.new_key(), login=login, secret=secret, roles=roles, name=login,
        person=holder, department_code=place.code if place else None,
    )  # fmt: skip
    work.session.add(made)
    work.session.flush()
    return made


def headed(hall: Any) -> TreeHead:
    """A batch of the license log, signed and stamped as the worker does it."""
    with hall.work(SYSTEM) as work:
        end = treeheads.due(work)
        assert end is not None
        head = treeheads.signed(work, end, work.use(Stamper).stamp(treeheads.digest(end)))
        work.commit()
        return head
