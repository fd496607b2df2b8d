"""A whole hall for each test: prepared once, then copied; its clock is ours."""

import gc
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from servicehall import factory
from servicehall.city import seeding
from servicehall.cli import opening
from servicehall.kernel.settings import Settings
from servicehall.portals import shelf
from servicehall.wiring import Hall
from tests import once
from tests.builders import SERVER, StillClock, adapters, begin, clock, database, work

__all__ = ["SERVER", "adapters", "begin", "clock", "database", "work"]
IN_CI = bool(os.environ.get("CI"))  # the same examples in every CI run; nowhere a limit of time
settings.register_profile("hall", derandomize=IN_CI, deadline=None)
settings.load_profile("hall")


@dataclass(frozen=True)
class Prepared:
    """A hall's state folder with everything in it, and the name of its PostgreSQL database."""

    folder: Path
    database: str


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: no garbage collection looks at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # an eighth of the time went into collecting


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With HALL_REQUIRE_ALL nothing may be skipped: what is missing is a failure."""
    report = yield
    if report.skipped and os.environ.get("HALL_REQUIRE_ALL"):
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session", autouse=True)
def no_page_is_half_a_second_old() -> Iterator[None]:
    """What a test changes it sees at once; the shelf has a test of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "FRESH_SECONDS", 0)
        yield


@pytest.fixture(scope="session", autouse=True)
def what_halls_do_alike_is_done_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        once.patched(patch)
        yield


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """One hall with items, the demo city and no case, made once."""
    made = Prepared(tmp_path_factory.mktemp("prepared") / "data", f"hall_prepared_{os.getpid()}")
    on_server(f"CREATE DATABASE {made.database}")
    hall = factory.open_hall(settings_for(made.folder, made.database), StillClock())
    opening.prepare(hall)
    hall.close()
    yield made
    on_server(f"DROP DATABASE {made.database}")


@contextmanager
def copied(prepared: Prepared, folder: Path, name: str) -> Iterator[Hall]:
    """A prepared hall in *folder* (not there yet), its database called *name* on a server."""
    shutil.copytree(prepared.folder, folder)
    on_server(f"CREATE DATABASE {name} TEMPLATE {prepared.database}")
    opened = factory.open_hall(settings_for(folder, name), StillClock())
    yield opened
    opened.close()
    on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def hall(prepared: Prepared, tmp_path: Path, clock: StillClock) -> Iterator[Hall]:
    """A prepared hall of the test's own."""
    own = f"hall_own_{os.getpid()}"
    shutil.copytree(prepared.folder, tmp_path / "data")
    on_server(f"CREATE DATABASE {own} TEMPLATE {prepared.database}")
    opened = factory.open_hall(settings_for(tmp_path / "data", own), clock)
    yield opened
    opened.close()
    on_server(f"DROP DATABASE {own} WITH (FORCE)")


@pytest.fixture
def app(hall: Hall) -> Flask:
    """The hall's web application; CSRF has a test of its own."""
    made = factory.create_app(hall=hall)
    made.config["WTF_CSRF_ENABLED"] = False
    return made


SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """A browser in which a demo account is signed in."""

    def browser(login: str) -> FlaskClient:
        client = app.test_client()
        answer = client.post("/signin", data={"login": login, "secret": seeding.PASSWORD})
        assert answer.status_code == 302, answer.text
        return client

    return browser


def settings_for(folder: Path, database: str) -> Settings:
    """Settings of a hall in *folder*, on the server under test if there is one."""
    url = make_url(SERVER).set(database=database).render_as_string(False) if SERVER else ""
    return Settings(data=str(folder), database_url=url)


def on_server(statement: str) -> None:
    """Run *statement* outside any transaction; nothing to do where each hall has its own file."""
    if not SERVER:
        return
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
