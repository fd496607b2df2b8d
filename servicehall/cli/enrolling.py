"""Enrolling (接入登记): other systems that may ask in a person's name."""

import argparse
from contextlib import closing
from pathlib import Path

from servicehall import factory
from servicehall.identity import clients
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM


def add(chosen: argparse.Namespace) -> int:
    """``client add CODE NAME DEPARTMENT [--key PEM]``: prints the system's key, shown only now."""
    public = Path(chosen.key).read_bytes() if chosen.key else b""
    with closing(factory.open_hall(Settings.load())) as hall, hall.work(SYSTEM) as work:
        key = clients.enroll(work, chosen.code, chosen.name, chosen.department, public_key=public)
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
