"""A state folder of the test's own, and the environment that points the commands at it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from servicehall import factory
from servicehall.cli import main
from servicehall.kernel.settings import Settings
from servicehall.wiring import Hall
from tests.builders import StillClock
from tests.conftest import Prepared, on_server, settings_for
from tests.crash.embedded import on_files

__all__ = ["on_files"]
Run = Callable[..., int]
OWN = "hall_commanded"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "embedded: on SQLite, whatever the other tests run on")


@pytest.fixture
def settings(
    request: pytest.FixtureRequest, prepared: Prepared, on_files: Path, tmp_path: Path
) -> Iterator[Settings]:
    """Settings of a prepared hall of the test's own."""
    folder = tmp_path / "data"
    if request.node.get_closest_marker("embedded"):
        shutil.copytree(on_files, folder)
        yield Settings(data=str(folder))
        return
    shutil.copytree(prepared.folder, folder)
    on_server(f"CREATE DATABASE {OWN} TEMPLATE {prepared.database}")
    yield settings_for(folder, OWN)
    on_server(f"DROP DATABASE {OWN} WITH (FORCE)")


@pytest.fixture
def folder(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its folder, which HALL_DATA names."""
    monkeypatch.setenv("HALL_DATA", settings.data)
    monkeypatch.setenv("HALL_DATABASE_URL", settings.database_url)
    return settings.folder


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs a command and gives back its exit code."""

    def command(*arguments: object) -> int:
        return main.main([str(argument) for argument in arguments])

    return command


@pytest.fixture
def opened(settings: Settings) -> Iterator[Hall]:
    """The hall in the folder, for a test that acts in it before it runs a command."""
    hall = factory.open_hall(settings, StillClock())
    yield hall
    hall.close()
