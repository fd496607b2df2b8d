"""Publicizing (数据发布命令): a department's sheet becomes open data, or is refused with its reason."""

import argparse
from pathlib import Path

from servicehall import factory
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM
from servicehall.opendata import issue, offers


def publish(chosen: argparse.Namespace) -> int:
    """``data publish CODE FILE``: the whole dataset anew, from CSV whose first line names columns."""
    hall = factory.open_hall(Settings.load())
    try:
        with hall.work(SYSTEM) as work:
            of = offers.one(work, chosen.code)
            number = issue.publish(work, of, issue.from_csv(Path(chosen.file)))
            work.commit()
    finally:
        hall.close()
    print(f"{chosen.code}: {number} rows")
    return 0
