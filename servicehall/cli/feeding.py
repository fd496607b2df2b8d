"""Feeding (事项汇入导出命令): bring a feed in, give the list out."""

import argparse
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from servicehall import factory
from servicehall.catalogue import opendata
from servicehall.catalogue import publishing as catalogue
from servicehall.feeds import exporting, importing
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.licenses import schema
from servicehall.revising import crosscheck
from servicehall.standard.schema import Item


def bring_in(chosen: argparse.Namespace) -> int:
    """``items import FILE --scheme S --report OUT``: accepted + mended + refused = rows.

    What can be applied for keeps every rule or is refused (``rules``); nothing that only guides
    takes the place of an item that people can apply for here (``applicable-here``).
    """
    settings = Settings.load()
    report = importing.read_feed(
        Path(chosen.file), chosen.scheme, encoding=_encoding(chosen.encoding)
    )
    with closing(factory.open_hall(settings)) as hall, hall.work(SYSTEM) as work:
        _turn_down(work, report, Path(settings.home))
        made = catalogue.publish(work, report.items)
        if work.unfinished:
            work.commit()
    text = json.dumps(report.summary(), ensure_ascii=False, indent=1)
    Path(chosen.report).write_text(text + "\n", "utf8")
    print(
        f"{report.rows} rows = {report.accepted} accepted + {report.mended} mended "
        f"+ {report.refused} refused"
    )
    print(f"{made} entries changed")
    return 0


def export(chosen: argparse.Namespace) -> int:
    """``items export OUT --format jsonl|csv|national``: every wording in force."""
    with closing(factory.open_hall(Settings.load())) as hall, hall.work(SYSTEM) as work:
        count = exporting.write(
            _wordings(work), Path(chosen.out), form=chosen.format, at=work.now()
        )
    print(f"{count} items")
    return 0


def _turn_down(work: UnitOfWork, report: importing.Report, home: Path) -> None:
    applied = [item for item in report.items if item.applicable]
    types = schema.read(home / "licenses") if applied else {}
    for item in applied:
        if crosscheck.broken(item, types):
            report.turn_down(item, "rules")
    here = {
        json.loads(line)["code"] for line in opendata.lines(work) if '"applicable": true' in line
    }
    for item in [each for each in report.items if not each.applicable and each.code in here]:
        report.turn_down(item, "applicable-here")


def _wordings(work: UnitOfWork) -> Iterator[Item]:
    for line in opendata.lines(work):
        yield Item.model_validate(json.loads(line), strict=False)


def _encoding(named: str | None) -> str:
    """The codec's own name. Raises ValueError for one that is neither UTF-8 nor GB18030."""
    known = {"": "", "utf-8": "utf-8", "utf8": "utf-8", "gb18030": "gb18030", "gbk": "gb18030",
             "gb2312": "gb18030"}  # fmt: skip
    found = known.get((named or "").casefold())
    if found is None:
        raise ValueError(f"encoding {named} is neither utf-8 nor gb18030")
    return found
