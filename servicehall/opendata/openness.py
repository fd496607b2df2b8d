"""Openness (开放审查): the one way out. What is not classified open does not pass (负面清单).

国发〔2016〕51号, 公共数据分类分级: state and trade secrets and personal data are not open; here that
is every element whose classification is another than ``open``.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from servicehall.kernel.errors import Unavailable
from servicehall.kernel.words import N_
from servicehall.sharing.terms import Cycle, Dataset, Field

LICENSE = "CC BY 4.0"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")  # ASVS 1.2.10: what spreadsheets would run


class Classified(Unavailable):
    """A value that is not open was about to leave; nothing of the dataset does until that is mended."""

    def __init__(self, dataset: str, column: str) -> None:
        said = N_("数据集 %(dataset)s 的 %(column)s 不是公开数据，整理好之前不能开放")
        super().__init__(said, dataset=dataset, column=column)


@dataclass(frozen=True)
class OpenSet:
    """One open dataset (开放数据集): every column open, one of them the ``key`` of a row.

    ``provider`` is the credit code of who answers for it. Raises Classified for a column that is not
    open, ValueError for a key that is no column.
    """

    code: str
    name: str
    summary: str
    provider: str
    cycle: Cycle
    columns: Mapping[str, Field]
    key: str

    def __post_init__(self) -> None:
        for column, field in self.columns.items():
            if field.element.classification != "open":
                raise Classified(self.code, column)
        if self.key not in self.columns:
            raise ValueError(f"{self.code}: {self.key} is no column of it")


def of_dataset(dataset: Dataset) -> OpenSet:
    """The open part of a shared dataset: its open columns; the first code among them is the key."""
    columns = {code: dataset.items[code] for code in dataset.open_fields}
    codes = [c for c, field in columns.items() if field.element.code == "credit_code"]
    return OpenSet(
        dataset.code, dataset.name, dataset.summary, dataset.provider, dataset.cycle, columns,
        (codes or list(columns))[0],
    )  # fmt: skip


def released(of: OpenSet, rows: Iterable[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """The rows with every column in order. Raises Classified for a row that holds anything else."""
    for row in rows:
        if more := sorted(row.keys() - of.columns.keys()):
            raise Classified(of.code, more[0])
        yield {column: row.get(column, "") for column in of.columns}


def as_csv(of: OpenSet, rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """RFC 4180 in UTF-8 with a byte order mark; what a spreadsheet would run begins with ``'``."""
    yield "\ufeff" + _line(of.columns)
    for row in released(of, rows):
        yield _line(_plain(value) for value in row.values())


def as_json(
    of: OpenSet, rows: Iterable[Mapping[str, str]], updated: datetime | None
) -> Iterator[str]:
    """One JSON object: what the dataset is, on what terms, and its rows."""
    told = {
        "dataset": of.code, "name": of.name, "license": LICENSE, "provider": of.provider,
        "updated": updated.isoformat() if updated else None, "fields": list(of.columns),
    }  # fmt: skip
    yield json.dumps(told, ensure_ascii=False)[:-1] + ', "rows": ['
    comma = ""
    for row in released(of, rows):
        yield comma + json.dumps(row, ensure_ascii=False)
        comma = ",\n"
    yield "]}\n"


def _plain(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
