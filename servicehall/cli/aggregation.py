"""Aggregation (证照归集和目录上报命令): licenses from elsewhere come in, the directory goes up."""

import argparse
import json
from contextlib import closing
from datetime import date
from pathlib import Path

from servicehall import factory
from servicehall.aggregating import bringing, upward
from servicehall.aggregating.bringing import Report, Source
from servicehall.aggregating.models import Trust
from servicehall.cli.witnessing import anchors
from servicehall.feeds import reading
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM
from servicehall.licenses.schema import LicenseTypes
from servicehall.wiring import Hall

BATCH = 500  # rows in one transaction; cut off, the same file again goes on


def bring_in(chosen: argparse.Namespace) -> int:
    """``license import FILE --source CODE --trust B|C|D``: added + changed + same + refused = rows.

    JSON Lines of GB/T 36903 metadata, files beside them; each refusal with line, field and reason.
    1 where any row was refused.
    """
    with closing(factory.open_hall(Settings.load())) as hall:
        report = _read(hall, Path(chosen.file), chosen)
    for line, field, why in report.refused:
        print(f"{chosen.file}:{line}: {field}: {why}")
    print(
        f"{report.rows} rows = {report.added} added + {report.changed} changed "
        f"+ {report.same} same + {len(report.refused)} refused"
    )
    return 1 if report.refused else 0


def _read(hall: Hall, path: Path, chosen: argparse.Namespace) -> Report:
    report = Report()
    pinned = anchors(chosen.root)
    with hall.work(SYSTEM) as work:
        types = {kind.code: kind for kind in work.use(LicenseTypes).values()}
        source = Source(chosen.source, Trust(chosen.trust), path.parent, types, pinned)
        for line in reading.objects(path, "utf-8"):
            if line.reason:
                report.refused.append((line.number, "", line.reason))
                continue
            bringing.bring(work, source, line.number, line.row, report)
            if report.rows % BATCH == 0 and work.unfinished:
                work.commit()
        if work.unfinished:
            work.commit()
    return report


def send_up(chosen: argparse.Namespace) -> int:
    """``license directory OUT --since DATE``: the records of ``up_lic_data`` as JSON Lines."""
    since = date.fromisoformat(chosen.since)
    with closing(factory.open_hall(Settings.load())) as hall, hall.work(SYSTEM) as work:
        told = [json.dumps(row, ensure_ascii=False) for row in upward.records(work, since=since)]
        Path(chosen.out).write_text("".join(f"{row}\n" for row in told), "utf8")
        if work.unfinished:
            work.commit()
    print(f"{len(told)} licenses")
    return 0
