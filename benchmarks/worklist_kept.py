"""The benchmark's databases in a folder: built once without regard to a power cut, measured as usual.

SQLite builds without a journal, PostgreSQL without fsync and with the least of its log; both sort
their indexes in memory after the rows are in. What measures opens them as the hall does, and warm:
they are read once before, since a list that is asked all day is in memory; PostgreSQL gets a third
of it, where its manual says a quarter to two fifths.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import event, text

from benchmarks.services import Missing, cluster, create
from servicehall.kernel.database import Database, open_database
from servicehall.kernel.vault import Vault
from servicehall.tables import METADATA

NAMES = ("small", "large")
RECKLESS = {
    "sqlite": (
        "foreign_keys=0", "journal_mode=off", "synchronous=0", "secure_delete=0",
        "cache_size=-1000000", "threads=2",
    ),
    "postgresql": (
        "fsync=off", "full_page_writes=off", "synchronous_commit=off", "wal_level=minimal",
        "max_wal_senders=0", "max_wal_size=16GB", "maintenance_work_mem=1GB", "autovacuum=off",
    ),
}  # fmt: skip
Make = Callable[[str], Database]


@contextmanager
def building(dialect: str, folder: Path) -> Iterator[Make]:
    """Makes empty databases with every table, by name; they are safe on disk when this ends."""
    home = folder / dialect
    if home.exists():
        raise Missing(f"{home} exists already: measure it, or remove it")
    home.mkdir(parents=True)

    def make(database: Database) -> Database:
        if dialect == "sqlite":
            event.listen(database.engine, "connect", _careless)
            database.engine.dispose()  # the next connection is a careless one
        METADATA.create_all(database.engine)
        return database

    with _opened(dialect, home, make, RECKLESS[dialect]) as by_name:
        yield by_name
    os.sync()


@contextmanager
def kept(dialect: str, folder: Path) -> Iterator[Make]:
    """Opens the databases that were built in *folder*, by name; tables made since stand empty."""
    home = folder / dialect
    if not home.exists():
        raise Missing(f"{home} does not exist: build it with --keep {folder}")

    def ready(database: Database) -> Database:
        METADATA.create_all(database.engine)
        _warm(database, home)
        return database

    third = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 3 // 1024**2
    with _opened(dialect, home, ready, (f"shared_buffers={third}MB",)) as by_name:
        yield by_name


def _warm(database: Database, home: Path) -> None:
    """Read the whole database once."""
    if database.engine.dialect.name == "sqlite":
        with (home / Path(str(database.engine.url.database)).name).open("rb") as file:
            while file.read(1 << 24):
                pass
        return
    with database.engine.begin() as connection:
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_prewarm"))
        connection.execute(text(_PREWARM)).all()


_PREWARM = """SELECT pg_prewarm(c.oid) FROM pg_class AS c JOIN pg_namespace AS n
    ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'i')"""


@contextmanager
def _opened(
    dialect: str, home: Path, ready: Callable[[Database], Database], settings: tuple[str, ...]
) -> Iterator[Make]:
    vault, opened = Vault(b"b" * 32), list[Database]()

    def at(url: str) -> Database:
        opened.append(open_database(url, vault))
        return ready(opened[-1])

    def closed() -> None:
        while opened:
            opened.pop().close()

    if dialect == "sqlite":
        try:
            yield lambda name: at(f"sqlite:///{home}/{name}.db")
        finally:
            closed()
        return
    fresh = not (home / "data").exists()
    with cluster(home, settings) as (socket, _):
        if fresh:
            for name in NAMES:
                create(home, name)
        try:
            yield lambda name: at(f"postgresql+psycopg://postgres@/{name}?host={socket}")
        finally:
            closed()


def _careless(connection: object, _: object) -> None:
    for pragma in RECKLESS["sqlite"]:
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]
