"""Listing (事项清单命令): check the files, bring a feed in, give the list out."""

import argparse
import json
from pathlib import Path

from servicehall import factory
from servicehall.cases import itemfiles
from servicehall.catalogue import opendata
from servicehall.catalogue import publishing as catalogue
from servicehall.feeds import importing
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM


def check(_: argparse.Namespace) -> int:
    """``items check``: one line a problem (file, line, rule, mend), then their number; 0 if none."""
    _items, found = itemfiles.examined(Path(Settings.load().home))
    print("\n".join(found) or "items: every file is in order")
    if found:
        print(f"items: {len(found)} problems")
    return 1 if found else 0


def bring_in(chosen: argparse.Namespace) -> int:
    """``items import FILE --scheme S --report OUT``: accepted + mended + refused = rows."""
    report = importing.read_feed(Path(chosen.file), chosen.scheme)
    hall = factory.open_hall(Settings.load())
    with hall.work(SYSTEM) as work:
        made = catalogue.publish(work, report.items)
        if work.unfinished:
            work.commit()
    hall.close()
    text = json.dumps(report.summary(), ensure_ascii=False, indent=1)
    Path(chosen.report).write_text(text + "\n", "utf8")
    print(
        f"{report.rows} rows = {report.accepted} accepted + {report.mended} mended + {report.refused} refused"
    )
    print(f"{made} entries changed")
    return 0


def export(chosen: argparse.Namespace) -> int:
    """``items export OUT``: one published wording a line."""
    hall = factory.open_hall(Settings.load())
    with hall.work(SYSTEM) as work, Path(chosen.out).open("w", encoding="utf8") as out:
        out.writelines(opendata.lines(work))
    hall.close()
    return 0
