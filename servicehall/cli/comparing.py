"""Comparing (事项比对命令): two wordings element by element, and a list with its directory."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from servicehall import factory
from servicehall.catalogue import drafts
from servicehall.kernel.declarations import Misdeclared, parse
from servicehall.kernel.errors import NotFound
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.portals.console import labels
from servicehall.standard import codetables, levels, loading
from servicehall.standard.differences import Change, differences
from servicehall.standard.levels import Drift
from servicehall.standard.schema import Item

SHORTEST = 6  # of a digest: a number that is too large must not name a wording by chance
KINDS = {"added": "新增", "removed": "删除", "moved": "移动", "changed": "修改"}


def diff(chosen: argparse.Namespace) -> int:
    """``items diff OLD NEW``: one line a difference; 1 where there is one.

    Each is an item file, a code (the wording in force) or ``CODE@rev``: the rev-th wording of that
    code, the oldest being 1, or the beginning (6 characters at least) of its digest.
    """
    hall = None
    if not (Path(chosen.old).is_file() and Path(chosen.new).is_file()):
        hall = factory.open_hall(Settings.load())
    try:
        old, new = (_wording(hall, name) for name in (chosen.old, chosen.new))
    finally:
        if hall:
            hall.close()
    found = differences(old, new)
    print("\n".join(map(said, found)) or "items: no difference")
    return 1 if found else 0


def drift(chosen: argparse.Namespace) -> int:
    """``items drift [FOLDER]``: where each level differs from the directory; 1 where it may not."""
    folder = Path(chosen.path) if chosen.path else Path(Settings.load().home) / "items"
    directory, faults = levels.read(folder / "directory")
    items, more = loading.read_each(folder)
    if wrong := [
        *faults,
        *(f for f in more if Path(f.file).stem not in items or f.field == "extends"),
    ]:
        raise Misdeclared(wrong)
    rows = [*_upper(directory), *_lower(directory, items.values())]
    print("\n".join([*map(_line, rows), *_totals(rows)]) or "items: no directory entry applies")
    if chosen.json:
        text = json.dumps({"rows": rows, "levels": _counted(rows)}, ensure_ascii=False, indent=1)
        Path(chosen.json).write_text(text + "\n", "utf8")
    return 1 if any(not row["allowed"] for row in rows) else 0


def said(change: Change) -> str:
    """A difference in words: its path, the element's name, and what stood and stands there."""
    place = f"{change.path}: {KINDS[change.kind]} {_named(change.path)}"
    if change.kind == "moved":
        return f"{place}：第 {_place(change.before)} 项 → 第 {_place(change.after)} 项"
    if change.kind == "changed":
        return f"{place}：{_short(change.before)} → {_short(change.after)}"
    return f"{place}：{_short(change.after if change.kind == 'added' else change.before)}"


def _wording(hall: Any, name: str) -> Item:
    if Path(name).is_file():
        return parse(Path(name).read_bytes(), Item, name=Path(name).name)
    if hall is None:
        raise NotFound
    with hall.work(SYSTEM) as work:
        return _revision(work, *name.partition("@")[::2])


def _revision(work: UnitOfWork, code: str, rev: str) -> Item:
    found = list(reversed(drafts.revisions(work, code)))
    if not found:
        raise ValueError(f"no file and no item {code}")
    if not rev:
        return found[-1].item
    if rev.isascii() and rev.isdigit() and 0 < int(rev) <= len(found):
        return found[int(rev) - 1].item
    matching = [each for each in found if len(rev) >= SHORTEST and each.digest.startswith(rev)]
    if len(matching) != 1:
        raise ValueError(f"{code} has {len(found)} wordings; {rev} is none of them")
    return matching[0].item


def _named(path: str) -> str:
    words = (labels.ELEMENTS.get(step, step) for step in path.split(".") if not step.isdigit())
    return "·".join(words)


def _place(value: object) -> int:
    return int(str(value)) + 1


def _short(value: object) -> str:
    dumped = value.model_dump(exclude_defaults=True) if hasattr(value, "model_dump") else value
    text = json.dumps(dumped, ensure_ascii=False, default=str)
    return text if len(text) <= 120 else f"{text[:119]}…"


def _upper(directory: levels.Directory) -> list[dict[str, Any]]:
    return [
        _row(each, entry.level, entry.code, entry.name, "基本目录")
        for entry, found in directory.above()
        for each in found
    ]


def _lower(directory: levels.Directory, items: Iterable[Item]) -> list[dict[str, Any]]:
    return [
        _row(each, item.level, item.code, item.name, item.department_name)
        for item in items
        for each in directory.drift(item)
    ]


def _row(each: Drift, level: int, code: str, name: str, department: str) -> dict[str, Any]:
    return {
        "level": level, "code": code, "name": name, "department": department,
        "path": each.change.path, "kind": each.change.kind, "may": each.may,
        "allowed": each.allowed, "laid_down": each.laid_down, "said": said(each.change),
    }  # fmt: skip


def _line(row: dict[str, Any]) -> str:
    verdict = "允许" if row["allowed"] else "不允许"
    return f"{verdict} {row['code']} {row['department']}「{row['name']}」 {row['said']}"


def _totals(rows: list[dict[str, Any]]) -> list[str]:
    return [
        f"{codetables.called('level', level)}: {counts['allowed']} 处允许，{counts['refused']} 处不允许"
        for level, counts in _counted(rows).items()
    ]


def _counted(rows: list[dict[str, Any]]) -> dict[int, dict[str, int]]:
    counted = Counter((row["level"], row["allowed"]) for row in rows)
    return {
        level: {"allowed": counted[level, True], "refused": counted[level, False]}
        for level in sorted({level for level, _ in counted})
    }
