"""Enrolling (接入登记): other systems that may ask in a person's name."""

import argparse

from servicehall import factory
from servicehall.identity import clients
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM


def add(chosen: argparse.Namespace) -> int:
    """``client add CODE NAME DEPARTMENT``: prints the system's key, which is shown only now."""
    hall = factory.open_hall(Settings.load())
    with hall.work(SYSTEM) as work:
        key = clients.enroll(work, chosen.code, chosen.name, chosen.department)
        work.commit()
    hall.close()
    print(key)
    return 0


def revoke(chosen: argparse.Namespace) -> int:
    """``client revoke CODE``: its next request is refused."""
    hall = factory.open_hall(Settings.load())
    with hall.work(SYSTEM) as work:
        clients.revoke(work, chosen.code)
        work.commit()
    hall.close()
    print(f"revoked: {chosen.code}")
    return 0
