"""Exporting (导出): items as JSON Lines, CSV or the tables of the national exchange."""

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from servicehall.feeds import national, own
from servicehall.feeds.mapping import mapping
from servicehall.standard.schema import Item

Form = Literal["jsonl", "csv", "national"]


def write(items: Iterable[Item], out: Path, *, form: Form, at: datetime) -> int:
    """Write *items* to the file *out*, or into the folder *out* for ``national``; how many.

    ``jsonl`` and ``csv`` are read back as scheme ``hall``, the folder as ``national``. *at* is the
    time of the exchange batch. CSV has a byte order mark, so that spreadsheets know it is UTF-8.
    """
    listed = list(items)
    if form == "national":
        _tables(listed, out, at)
    elif form == "csv":
        cells = [own.cells(item) for item in listed]
        _csv(out, own.heads(cells), cells)
    else:
        with out.open("w", encoding="utf8", newline="\n") as file:
            for item in listed:
                file.write(json.dumps(own.body(item), ensure_ascii=False, sort_keys=True) + "\n")
    return len(listed)


def _tables(items: Sequence[Item], folder: Path, at: datetime) -> None:
    source = mapping("national")
    batch = {
        "cd_operation": "I", "cd_time": f"{at:%Y%m%dT%H%M%S}", "cd_batch": f"{at:%Y%m%d%H%M%S}",
        "data_source": "1",
    }  # fmt: skip
    found = [national.rows(item, source) for item in items]
    folder.mkdir(parents=True, exist_ok=True)
    for number, table in enumerate(source.tables):
        rows = [row | (batch if number == 0 else {}) for each in found for row in each[table.name]]
        _csv(folder / f"{table.name}.csv", [column.column for column in table.columns], rows)


def _csv(path: Path, heads: Sequence[str], rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, heads, restval="")
        writer.writeheader()
        writer.writerows(rows)
