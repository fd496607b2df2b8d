"""Proffering (免申即享命令): look now for who is entitled, whatever the month has seen."""

import argparse

from servicehall import factory
from servicehall.automating import entitling
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM


def run(_: argparse.Namespace) -> int:
    """``offers run``: one round over every item that offers something; prints how many it looked at."""
    hall = factory.open_hall(Settings.load())
    tried: set[int] = set()
    try:
        with hall.work(SYSTEM) as work:
            name = f"{work.now():%Y-%m-%dT%H:%M:%S.%f}"  # a round of its own, however often
            while entitling.round_one(work, tried, name=name):
                work.commit()
    finally:
        hall.close()
    print(f"offers: {len(tried)} items looked at")
    return 0
