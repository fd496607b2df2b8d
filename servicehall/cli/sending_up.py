"""``servicehall cases export``: the national tables of what changed since a day."""

import argparse
from contextlib import closing
from datetime import date
from pathlib import Path

from servicehall import factory
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM
from servicehall.reporting import outgoing


def export(chosen: argparse.Namespace) -> int:
    """``cases export --since DATE [--out FOLDER] [--format csv|jsonl]``; 1 if a row was held back.

    Raises ValueError for what is no date.
    """
    since, folder = date.fromisoformat(chosen.since), Path(chosen.out)
    with closing(factory.open_hall(Settings.load())) as hall, hall.work(SYSTEM) as work:
        report = outgoing.export(work, folder, since=since, form=chosen.format)
        if work.unfinished:
            work.commit()
    rows = ", ".join(f"{name} {number}" for name, number in sorted(report.rows.items()))
    print(f"{report.cases} cases in {folder}: {rows or 'no rows'}")
    for fault in report.held_back:
        print(f"held back: {fault}")
    return 1 if report.held_back else 0
