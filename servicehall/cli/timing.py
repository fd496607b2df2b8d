"""``servicehall timers run``: one round of what the law makes due, and what fired."""

import argparse
from contextlib import closing

from servicehall import factory
from servicehall.cli import serving
from servicehall.handling import sweeping
from servicehall.kernel.settings import Settings


def run(_: argparse.Namespace) -> int:
    """``timers run``: each timer once, each case in a transaction of its own; again fires nothing."""
    with closing(factory.open_hall(Settings.load())) as hall:
        for name, timer in sweeping.TIMERS.items():
            print(f"{name}: {serving.each(hall, timer)}")
    return 0
