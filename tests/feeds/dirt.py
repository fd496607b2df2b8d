"""A feed as provinces really send them: made up, deterministic, and it knows what it planted."""

import html
import json
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from servicehall.kernel.codes import uscc_check

WORDS = ("设立", "变更", "注销", "延续", "备案", "补证")
THINGS = ("食品小作坊", "娱乐场所", "民办学校", "人力资源服务", "道路货运", "旅行社", "养老机构")
PAGE = (
    "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>稍后再试</body></html>"
)


@dataclass
class Feed:
    """Lines of a feed and how many of each kind of dirt they hold."""

    lines: list[str] = field(default_factory=list)
    planted: Counter[str] = field(default_factory=Counter)

    def content(self, *, encoding: str = "utf-8", end: str = "\n", mark: bool = False) -> bytes:
        """The file, with the line ends and the byte order mark that some systems write."""
        text = end.join(self.lines) + end
        return (("\ufeff" if mark else "") + text).encode(encoding)


def feed(rows: int, seed: int = 1) -> Feed:
    """*rows* lines: one in ten an HTML page, one in eleven a duplicate, the rest more or less dirty."""
    chance, made = Random(seed), Feed()  # noqa: S311 - made up, not secret
    clean: list[dict[str, object]] = []
    for number in range(rows):
        kind = chance.random()
        if kind < 0.10:
            made.lines.append(PAGE)
            made.planted["html"] += 1
        elif kind < 0.19 and clean:
            again = dict(chance.choice(clean))
            made.lines.append(json.dumps({**again, "theme_category": ["其他"]}, ensure_ascii=False))
            made.planted["duplicate"] += 1
        else:
            row = _row(number, chance)
            clean.append(row)
            made.lines.append(json.dumps(_dirtied(row, clean, chance, made), ensure_ascii=False))
    return made


def _row(number: int, chance: Random) -> dict[str, object]:
    stem = f"1199{number // 1000:04d}{number:09d}"
    department = stem + uscc_check(stem)
    name = f"{chance.choice(THINGS)}{chance.choice(WORDS)}（{number}）"
    return {
        "TASK_CODE": f"{department}4990199{number % 1000:03d}000", "TASK_TYPE": "01",
        "TASK_NAME": name, "parentCatalogName": name, "DEPT_NAME": f"第 {number % 40} 局",
        "AREACODE": "990101", "visit_number": str(chance.randint(0, 2)), "co_department": "无",
        "handle_location": "办理地点：政务大道 1 号", "handle_time": "20(工作日)",
        "handle_time_limit": f"{chance.randint(1, 20)}(工作日)", "accept_standard": "符合规定",
        "consult_phone": "0990-6200131", "complain_phone": "0990-6200345",
        "courier_service": "是", "online_book": "否", "ONLINECHECK": "1",
        "theme_category": ["准营准办"], "service_object_name": ["企业法人"],
        "material_intro": ["申请表", "营业执照"],
    }  # fmt: skip


def _dirtied(
    row: dict[str, object], clean: list[dict[str, object]], chance: Random, made: Feed
) -> dict[str, object]:
    dirt: dict[str, dict[str, object]] = {
        "html": {"accept_standard": html.escape(html.escape("<p>符合&nbsp;规定</p>"))},
        "control": {"accept_standard": "符合\t规定"},
        "phone-prose": {"consult_phone": "请在上班时间拨打 0990-6200131 咨询"},
        "department-code": {"TASK_CODE": "TE" + str(row["TASK_CODE"])[2:]},
        "limit-unreadable": {"handle_time": "另行规定"},
        "none": {"handle_time": "无", "co_department": "暂无"},
        "visits-unreadable": {"visit_number": "视情况"},
        "type-extended": {"TASK_TYPE": "21"},
        "code-shared": {"TASK_CODE": clean[0]["TASK_CODE"]},
        "no-name": {"TASK_NAME": " 无 "},
        "bad-code": {"TASK_CODE": "待补"},
    }
    kind = chance.choice(list(dirt))
    if row is clean[0] or chance.random() < 0.5:  # the first stays: others share its code
        return row
    if kind in {"no-name", "bad-code", "department-code", "code-shared"}:
        clean.remove(row)  # a copy of the clean row would be no duplicate of this one
    made.planted["mended-html" if kind == "html" else kind] += 1
    return {**row, **dirt[kind]}
