"""Abolishing (免证明清理命令): ``items lint`` names the proofs that nobody should ask for."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from servicehall.feeds import importing
from servicehall.inspection.linting import VERDICTS, Row, lint, report
from servicehall.kernel.declarations import Misdeclared, parse
from servicehall.kernel.settings import Settings
from servicehall.licenses import schema
from servicehall.revising import crosscheck
from servicehall.standard import loading
from servicehall.standard.schema import Item
from servicehall.standard.whereabouts import Whereabouts


def run(chosen: argparse.Namespace) -> int:
    """``items lint [FILE|FOLDER]``: 1 where a file asks for what a registry or license supplies.

    A feed (``--scheme``) is counted but is no error: nobody applies here for what only guides.
    """
    home = Path(Settings.load().home)
    path = Path(chosen.path) if chosen.path else home / "items"
    around = crosscheck.surroundings(schema.read(home / "licenses"))
    files = _declared(path) if not chosen.scheme else {}
    items = list(files.values()) or importing.read_feed(path, chosen.scheme).items
    rows = lint(items, around)
    errors = [line for file, item in files.items() for line in _errors(file, item, rows)]
    found = report(rows)
    print("\n".join([*errors, *_told(found)]))
    if chosen.json:
        text = json.dumps(found, ensure_ascii=False, indent=1)
        Path(chosen.json).write_text(text + "\n", "utf8")
    return 1 if errors else 0


def _declared(path: Path) -> dict[Path, Item]:
    """The item files at *path*. Raises Misdeclared with every fault; ValueError for a feed."""
    if path.suffix in {".jsonl", ".csv"}:
        raise ValueError(f"{path.name} is a feed: name its --scheme")
    if not path.is_dir():
        return {path: parse(path.read_bytes(), Item, name=path.name)}
    items, faults = loading.read_each(path)
    if faults:
        raise Misdeclared(faults)
    return {path / f"{name}.yaml": item for name, item in items.items()}


def _errors(file: Path, item: Item, rows: Sequence[Row]) -> list[str]:
    wrong = [row for row in rows if row.item == item.code and row.error]
    places = Whereabouts(file.read_bytes()) if wrong else None
    return [
        f"{file.name}:{places.line(f'materials.{row.code}')}: {row.code}: {_sentence(row)}"
        for row in wrong
        if places
    ]


def _sentence(row: Row) -> str:
    if row.verdict in {"removable", "partly"}:
        said = f"“{row.name}”{VERDICTS[row.verdict]}：{'、'.join(row.sources)}"
        return f"[exempt.possible] {said}；写明 exempt"
    return f"[material.why] “{row.name}”没有说明为什么要申请人提交；填写 why_needed"


def _told(found: dict[str, Any]) -> list[str]:
    heads = ["materials", "proofs_removed", *VERDICTS, "errors"]
    lines = []
    for part in ("total", "by_level", "by_department", "by_item"):
        groups = {"全部": found[part]} if part == "total" else found[part]
        lines += ["", f"{part}: {'  '.join(heads)}"]
        lines += [
            f"  {'  '.join(f'{counts[head]:>5}' for head in heads)}  {name}"
            for name, counts in groups.items()
            if part == "total" or counts["proofs_removed"] or counts["errors"]
        ]
    return lines
