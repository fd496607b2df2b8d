"""Deriving (重建命令): what is derived from wordings and from cases, made anew and proven equal."""

import argparse
from contextlib import closing

from servicehall import factory
from servicehall.catalogue import publishing
from servicehall.desk import recounting
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM


def rebuild(_: argparse.Namespace) -> int:
    """``items rebuild``: entries and search index from the wordings; 0 if nothing was wrong."""
    with closing(factory.open_hall(Settings.load())) as hall, hall.work(SYSTEM) as work:
        mended = publishing.rebuild(work)
        if work.unfinished:
            work.commit()
    print(f"{mended} mended" if mended else "items: entries and search index are as they must be")
    return 1 if mended else 0


def recount(_: argparse.Namespace) -> int:
    """``desk rebuild``: tasks and counts from the cases; 0 if nothing was wrong."""
    with closing(factory.open_hall(Settings.load())) as hall, hall.work(SYSTEM) as work:
        mended = recounting.rebuild(work)
        if work.unfinished:
            work.commit()
    print(f"{mended} mended" if mended else "desk: tasks and counts are as they must be")
    return 1 if mended else 0
