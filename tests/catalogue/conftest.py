"""A catalogue on an SQLite database of its own, at a time that stands still."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from servicehall.catalogue import models
from servicehall.catalogue.publishing import publish
from servicehall.feeds import importing
from servicehall.kernel.audit import GENESIS, AuditHead
from servicehall.kernel.database import Base, Database, open_database
from servicehall.kernel.vault import Vault
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.standard.levels import Directory
from servicehall.standard.schema import Item
from servicehall.transparency.models import LicenseLog
from tests.standard.conftest import items, items_read

__all__ = ["items", "items_read", "whole"]
ROOT = Path(__file__).parents[2]
TABLES = (models,)


class StillClock:
    def now(self) -> datetime:
        return datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def open_hall(folder: Path) -> Database:
    opened = open_database(f"sqlite:///{folder}/hall.db", Vault(b"k" * 32))
    Base.metadata.create_all(opened.engine)
    with opened.session() as session:
        session.add(AuditHead(id=1, length=0, hash=GENESIS))
        session.add(LicenseLog(id=1, length=0, hash=GENESIS))
        session.commit()
    return opened


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_hall(tmp_path) as opened:
        yield opened


@pytest.fixture
def begin(database: Database) -> Callable[[], UnitOfWork]:
    return lambda: UnitOfWork(database, SYSTEM, StillClock(), {Directory: Directory()})


@pytest.fixture
def work(begin: Callable[[], UnitOfWork]) -> Iterator[UnitOfWork]:
    with begin() as opened:
        yield opened


@pytest.fixture(scope="session")
def whole(
    tmp_path_factory: pytest.TempPathFactory, items_read: dict[str, Item]
) -> Iterator[UnitOfWork]:
    """The items of the hall and the 1,500 of Guangdong; for reading only."""
    feed = importing.read_feed(ROOT / "items" / "guangdong-2021.jsonl", "guangdong")
    with open_hall(tmp_path_factory.mktemp("whole")) as opened:
        with UnitOfWork(opened, SYSTEM, StillClock(), {Directory: Directory()}) as work:
            publish(work, [*items_read.values(), *feed.items])
            work.commit()
        with UnitOfWork(opened, SYSTEM, StillClock(), {Directory: Directory()}) as work:
            yield work
