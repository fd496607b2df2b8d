"""``python -m tests.crash --kills 300``: the long siege, on SQLite or HALL_TEST_DATABASE_URL."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from servicehall import factory
from servicehall.cli import opening
from tests.builders import NOON, StillClock
from tests.conftest import on_server, settings_for
from tests.crash.server import Ahead, Job
from tests.crash.siege import parent, siege


def main() -> int:
    options = argparse.ArgumentParser("tests.crash", description=__doc__)
    options.add_argument("--kills", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--defect", default="")
    chosen = options.parse_args()
    name = f"hall_crash_{os.getpid()}"
    with tempfile.TemporaryDirectory() as scratch:
        on_server(f"CREATE DATABASE {name}")
        settings = settings_for(Path(scratch) / "data", name)
        hall = factory.open_hall(settings, StillClock())
        opening.prepare(hall)
        hall.close()
        job = Job(settings.data, settings.database_url, Ahead.to(NOON), chosen.defect)
        with parent() as nest:
            result = siege(nest, job, kills=chosen.kills, seed=chosen.seed)
        on_server(f"DROP DATABASE {name} WITH (FORCE)")
    print(result)
    return 0 if result.clean else 1


if __name__ == "__main__":
    sys.exit(main())
