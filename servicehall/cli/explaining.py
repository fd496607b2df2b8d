"""``servicehall clock explain``: how the dates of a case come about, day by day."""

import argparse
import json
from datetime import date
from typing import Any

from servicehall import factory
from servicehall.cases import matters, tracing
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM

NAMES = {
    "promised": "承诺办结", "statutory": "法定办结", "acceptance": "受理", "correction": "补正",
    "delivery": "送达",
}  # fmt: skip
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
            told = tracing.trace(work, case)
            matters.look(work, case)
            work.commit()
    finally:
        hall.close()
    print(json.dumps(told, ensure_ascii=False, indent=1) if chosen.json else "\n".join(lines(told)))
    return 0


def lines(told: dict[str, Any]) -> list[str]:
    """The trace in words: the limits, then each day, and which day of which limit it is."""
    found = [f"{told['case']} {told['item']}", f"受理：{told['start'] or '还没有受理'}"]
    limits = told["limits"].values()
    for limit in limits:
        ends = limit["ends_on"] or "日历还没有公布，不推算"
        found.append(f"{_name(limit)}：自 {limit['start']} 起 {_length(limit)}，{ends}")
    for one in told["procedures"]:
        found.append(f"{one['name']}：{one['from']} 至 {one['to']}，不计入期限（{one['basis']}）")
    if told["unpublished"]:
        found.append(f"{told['unpublished']} 年日历尚未公布")
    counts = {limit["code"]: 0 for limit in limits}
    for one in told["days"]:
        said = [words for limit in limits if (words := _counted(limit, counts, one))]
        weekday = WEEKDAYS[date.fromisoformat(one["day"]).weekday()]
        found.append(f"{one['day']} 周{weekday} {_what(one)} {'，'.join(said)}".rstrip())
    return found


def _name(limit: dict[str, Any]) -> str:
    name = str(limit["name"])
    return NAMES.get(name, name)


def _length(limit: dict[str, Any]) -> str:
    return "加延期 ".join(f"{span['days']}{UNITS[span['unit']]}" for span in limit["spans"])


def _counted(limit: dict[str, Any], counts: dict[str, int], one: dict[str, Any]) -> str:
    """Which day of *limit* it is; *counts* go on with it."""
    if one["day"] == limit["start"]:
        return f"{_name(limit)}当日不计算"
    if one["day"] < limit["start"] or counts[limit["code"]] >= sum(
        s["days"] for s in limit["spans"]
    ):
        return ""
    if limit["stops"] and one["paused"]:
        return ""
    first = limit["spans"][0]
    span = first if counts[limit["code"]] < first["days"] else limit["spans"][-1]
    if span["unit"] == "working_day" and one["worked"] is not True:
        return ""
    counts[limit["code"]] += 1
    return f"{_name(limit)}第 {counts[limit['code']]} 日"


def _what(one: dict[str, Any]) -> str:
    if one["paused"]:
        return f"{one['paused']}，不计算"
    return {True: "工作日", False: "休息日", None: "日历还没有公布"}[one["worked"]]
