"""Enrolling (接入登记): other systems that may ask in a person's name."""

import argparse
from contextlib import closing

from servicehall import factory
from servicehall.identity import clients
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM


def add(chosen: argparse.Namespace) -> int:
    """``client add CODE NAME DEPARTMENT``: prints the system's key, which is shown only now."""
    with closing(factory.open_hall(Settings.load())) as hall, hall.work(SYSTEM) as work:
        key = clients.enroll(work, chosen.code, chosen.name, chosen.department)
        work.commit()
    print(key)
    return 0


def revoke(chosen: argparse.Namespace) -> int:
    """``client revoke CODE``: its next request is refused."""
    with closing(factory.open_hall(Settings.load())) as hall, hall.work(SYSTEM) as work:
        clients.revoke(work, chosen.code)
        work.commit()
    print(f"revoked: {chosen.code}")
    return 0
