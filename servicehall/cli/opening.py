"""Opening (开厅): what must be there before anyone comes: tables, calendar, items, the demo city."""

import argparse
import hashlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from servicehall import factory
from servicehall.catalogue import items, upkeep
from servicehall.catalogue import publishing as catalogue
from servicehall.city import agreements, holdings, offices, seeding
from servicehall.desk import recounting
from servicehall.feeds import importing
from servicehall.kernel import audit, workdays
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM
from servicehall.lending import resourcing
from servicehall.licenses.schema import LicenseTypes
from servicehall.opendata import issue, offers
from servicehall.opendata.openness import OpenSet
from servicehall.quality import contrasting
from servicehall.revising import release
from servicehall.sharing import predicates, resources
from servicehall.sharing.datasets import DATASETS
from servicehall.visits import booking
from servicehall.wiring import Hall

GUANGDONG = "guangdong-2021.jsonl"
PREPARED = "hall.prepared"
READ_FOLDERS = (
    "items", "licenses", "servicehall/city", "servicehall/standard", "servicehall/inspection",
    "servicehall/feeds", "servicehall/catalogue", "servicehall/finding", "servicehall/searching",
    "servicehall/sharing", "servicehall/opendata", "servicehall/quality",
)  # fmt: skip


def init(_: argparse.Namespace) -> int:
    """``servicehall init``: prepare, say what was made, and end."""
    with closing(factory.open_hall(Settings.load())) as hall:
        print(prepare(hall))
    return 0


def prepare(hall: Hall) -> str:
    """Bring everything to where it should be; again is quick and changes nothing."""
    wanted = _fingerprint(hall)
    with hall.work(SYSTEM) as work:
        if audit.was_done(work.session, PREPARED, wanted):
            return "一切就绪"
    made = [_calendar(hall), _resources(hall), _items(hall), _index(hall), _desk(hall)]
    if hall.settings.mode == "demo":
        made += [_guide_only(hall), _demo(hall), _agreements(hall), _open_data(hall)]
        made += [_visits(hall)]
        made += [_compared(hall)]
    with hall.work(SYSTEM) as work:
        work.record(PREPARED, wanted)
        work.commit()
    return " · ".join(filter(None, made)) or "一切就绪"


def _fingerprint(hall: Hall) -> str:
    """SHA-256 over every file that preparing reads: the same files need no second reading."""
    home = Path(hall.settings.home)
    seen = hashlib.sha256(hall.settings.mode.encode())
    for folder in READ_FOLDERS:
        for path in sorted((home / folder).rglob("*.*")):
            if path.is_file() and path.suffix != ".pyc":
                seen.update(path.read_bytes())
    return seen.hexdigest()


def _calendar(hall: Hall) -> str:
    with hall.work(SYSTEM) as work:
        added = workdays.seed(work.session)
        if added:
            work.record("calendar.seeded", "calendar", days=added)
            work.commit()
    return f"工作日历 {added} 天" if added else ""


def _resources(hall: Hall) -> str:
    with hall.work(SYSTEM) as work:
        made = resources.declare(work)
        made += resources.declare(work, resourcing.resources(work.use(LicenseTypes).values()))
        if work.unfinished:
            work.commit()
    return f"发布信息资源 {made}" if made else ""


def _items(hall: Hall) -> str:
    with hall.work(SYSTEM) as work:
        made = release.publish(work, Path(hall.settings.home))
        if work.unfinished:
            work.commit()
    return f"发布事项 {made}" if made else ""


def _index(hall: Hall) -> str:
    """What an older version of the hall left without a search index gets one."""
    with hall.work(SYSTEM) as work:
        mended = catalogue.rebuild(work) if upkeep.is_behind(work) else 0
        if work.unfinished:
            work.commit()
    return f"检索索引 {mended}" if mended else ""


def _desk(hall: Hall) -> str:
    """Cases of an older version of the hall come onto the desk."""
    with hall.work(SYSTEM) as work:
        mended = recounting.rebuild(work) if recounting.is_behind(work) else 0
        if work.unfinished:
            work.commit()
    return f"工作台 {mended}" if mended else ""


def _guide_only(hall: Hall) -> str:
    """The real items of Guangdong, 2021, as guides (see items/README.md)."""
    feed = Path(hall.settings.home) / "items" / GUANGDONG
    report = importing.read_feed(feed, "guangdong")
    with hall.work(SYSTEM) as work:
        made = catalogue.publish(work, report.items)
        if work.unfinished:
            work.commit()
    return f"导入办事指南 {made}" if made else ""


def _demo(hall: Hall) -> str:
    with hall.work(SYSTEM) as work:
        made = seeding.seed(work)
        if work.unfinished:
            work.commit()
    return f"示范账户 {made}" if made else ""


def _visits(hall: Hall) -> str:
    """The one window of the demo city can be booked: three windows, half an hour each."""
    place = offices.window().code
    with hall.work(SYSTEM) as work:
        if booking.plan_of(work, place) is not None:
            return ""
        booking.lay_out(work, place, spans=((540, 720), (810, 1020)), minutes=30, windows=3)
        work.commit()
    return "预约窗口 3"


def _agreements(hall: Hall) -> str:
    """Every item of the demo city may take what it declares; in production departments ask."""
    with hall.work(SYSTEM) as work:
        needs = [
            (entry.code, need["dataset"], tuple(need["fields"]), need["purpose"])
            for entry in items.applicable(work)
            for need in entry.current.body.get("needs", ())
        ]
        needs += [
            (entry.code, offer["dataset"], ("number", *offer["fields"]), offer["purpose"])
            for entry in items.applicable(work)
            if (offer := entry.current.body.get("offer"))
        ]
        made = agreements.conclude(work, needs)
        if work.unfinished:
            work.commit()
    return f"共享授权 {made}" if made else ""


def _compared(hall: Hall) -> str:
    """The first comparison of the registers, so that their quality can be read at once."""
    with hall.work(SYSTEM) as work:
        done = contrasting.compare_one(work, set())
        if work.unfinished:
            work.commit()
    return "清洗比对" if done else ""


def _open_data(hall: Hall) -> str:
    """What the demo registries make open, once; in production departments bring it (``data publish``)."""
    with hall.work(SYSTEM) as work:
        known = offers.editions(work)
        fresh = [of for of in offers.all_open(work) if of.code in DATASETS and of.code not in known]
        made = sum(issue.publish(work, of, _held(of, work.today())) for of in fresh)
        while issue.figure_one(work, set()):
            work.session.flush()
        if work.unfinished:
            work.commit()
    return f"开放数据 {made} 行" if made else ""


def _held(of: OpenSet, today: date) -> Iterator[dict[str, str]]:
    """The open fields of every record that the demo registries were founded with."""
    for subject in holdings.subjects(of.code):
        for record in holdings.records(of.code, subject):
            yield predicates.told(of.code, record, list(of.columns), today=today)
