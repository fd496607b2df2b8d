"""A state folder of the test's own, and the environment that points the commands at it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from servicehall import factory
from servicehall.cli import main
from servicehall.wiring import Hall
from tests.builders import StillClock
from tests.conftest import Prepared, on_server, settings_for

Run = Callable[..., int]


@pytest.fixture
def folder(prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a prepared hall, which HALL_DATA names."""
    own = "hall_commanded"
    shutil.copytree(prepared.folder, tmp_path / "data")
    on_server(f"CREATE DATABASE {own} TEMPLATE {prepared.database}")
    settings = settings_for(tmp_path / "data", own)
    monkeypatch.setenv("HALL_DATA", settings.data)
    monkeypatch.setenv("HALL_DATABASE_URL", settings.database_url)
    yield tmp_path / "data"
    on_server(f"DROP DATABASE {own} WITH (FORCE)")


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs a command and gives back its exit code."""

    def command(*arguments: object) -> int:
        return main.main([str(argument) for argument in arguments])

    return command


@pytest.fixture
def opened(folder: Path) -> Iterator[Hall]:
    """The hall in the folder, for a test that acts in it before it runs a command."""
    hall = factory.open_hall(settings_for(folder, "hall_commanded"), StillClock())
    yield hall
    hall.close()
