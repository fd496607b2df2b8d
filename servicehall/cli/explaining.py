"""``servicehall clock explain``: how the dates of a case come about, day by day."""

import argparse
import json
from datetime import date
from typing import Any

from servicehall import factory
from servicehall.cases import deadlines, matters
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM

LIMITS = {"promised": "承诺", "statutory": "法定"}
UNITS = {"working_day": "个工作日", "natural_day": "日"}
WEEKDAYS = "一二三四五六日"


def explain(chosen: argparse.Namespace) -> int:
    """``clock explain CASE [--json]``: the trace of the case with this number; the look is on record.

    Raises NotFound for no such case.
    """
    hall = factory.open_hall(Settings.load())
    try:
        with hall.work(SYSTEM) as work:
            case = matters.numbered(work, chosen.case)
            told = deadlines.trace(work, case)
            matters.look(work, case)
            work.commit()
    finally:
        hall.close()
    print(json.dumps(told, ensure_ascii=False, indent=1) if chosen.json else "\n".join(lines(told)))
    return 0


def lines(told: dict[str, Any]) -> list[str]:
    """The trace in words: the limits, then each day, and which day of which limit it is."""
    found = [f"{told['case']} {told['item']}", f"受理：{told['start'] or '还没有受理'}"]
    limits = {name: limit for name, limit in told["limits"].items() if limit}
    for name, limit in limits.items():
        ends = limit["ends_on"] or "日历还没有公布，不推算"
        found.append(f"{LIMITS[name]}：{limit['days']}{UNITS[limit['unit']]}，{ends}")
    for one in told["procedures"]:
        found.append(f"{one['name']}：{one['from']} 至 {one['to']}，不计入期限（{one['basis']}）")
    counts = dict.fromkeys(limits, 0)
    for one in told["days"]:
        said = []
        for name, limit in limits.items():
            counts[name] += (counted := _counts(told, limit, one))
            if counted and counts[name] <= limit["days"]:
                said.append(f"{LIMITS[name]}第 {counts[name]} 日")
        weekday = WEEKDAYS[date.fromisoformat(one["day"]).weekday()]
        found.append(f"{one['day']} 周{weekday} {_what(told, one)} {'，'.join(said)}".rstrip())
    return found


def _counts(told: dict[str, Any], limit: dict[str, Any], one: dict[str, Any]) -> bool:
    works = limit["unit"] == "natural_day" or one["worked"] is True
    return one["day"] != told["start"] and not one["paused"] and works


def _what(told: dict[str, Any], one: dict[str, Any]) -> str:
    if one["day"] == told["start"]:
        return "受理当日不计算"
    if one["paused"]:
        return f"{one['paused']}，不计算"
    return {True: "工作日", False: "休息日", None: "日历还没有公布"}[one["worked"]]
