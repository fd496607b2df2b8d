"""A prepared hall on SQLite, whatever the other tests run on: for what only files can show."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from servicehall import factory
from servicehall.cli import opening
from servicehall.kernel.settings import Settings
from tests.builders import StillClock
from tests.conftest import SERVER, Prepared


@pytest.fixture(scope="session")
def on_files(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The state folder, hall.db in it; to be copied, never opened."""
    if not SERVER:
        yield prepared.folder
        return
    folder = tmp_path_factory.mktemp("embedded") / "data"
    hall = factory.open_hall(Settings(data=str(folder)), StillClock())
    opening.prepare(hall)
    hall.close()
    yield folder
