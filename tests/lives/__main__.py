"""``python -m tests.lives --examples 500 --steps 30``: the long walk, on SQLite or PostgreSQL."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from servicehall import factory
from servicehall.cli import opening
from servicehall.kernel.work import SYSTEM
from servicehall.oversight import integrity
from tests.builders import StillClock
from tests.cases.halls import Scene
from tests.conftest import on_server, settings_for
from tests.lives.machine import Machine, walk


def main() -> int:
    options = argparse.ArgumentParser("tests.lives", description=__doc__)
    options.add_argument("--examples", type=int, default=500)
    options.add_argument("--steps", type=int, default=30)
    chosen = options.parse_args()
    name, begun = f"hall_lives_{os.getpid()}", time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        on_server(f"CREATE DATABASE {name}")
        hall = factory.open_hall(settings_for(Path(scratch) / "data", name), StillClock())
        opening.prepare(hall)
        walk(Scene(hall), examples=chosen.examples, steps=chosen.steps)
        with hall.work(SYSTEM) as work:
            breaches = list(integrity.breaches(work, hall.heads()))
        hall.close()
        on_server(f"DROP DATABASE {name} WITH (FORCE)")
    walked = Machine.walked
    refused = walked.pop("(refused)")
    print(
        f"{chosen.examples} lives of up to {chosen.steps} steps: {walked.total()} lawful acts, "
        f"{refused} unlawful ones refused, 0 done, {len(breaches)} breaches, {time.monotonic() - begun:.0f} s"
    )
    print(", ".join(f"{act} {n}" for act, n in sorted(walked.items())))
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
