"""Reading (读取数据): the rows of JSON Lines, CSV or a folder of tables, and the lines that are none."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from servicehall.feeds.cleaning import Refused
from servicehall.feeds.mapping import Mapping, Table

LONGEST_LINE = 1_000_000  # bytes of a line, characters of a cell; what is longer is no item
_HTML = re.compile(r"\s*<(!doctype|html|head|body|div|p|script|meta|title|/)", re.IGNORECASE)
_BLANK = b"\xef\xbb\xbf \t\r\n\0"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a source: where it stands, counted from 1, and what it says or why it is none."""

    number: int
    row: dict[str, Any]
    reason: str = ""


def rows(path: Path, source: Mapping, *, encoding: str = "") -> Iterator[Line]:
    """Every row of the file at *path*; of a folder, every row of its first table with the others.

    Blank lines are no rows. *encoding* is that of the file where it is not the one declared.
    """
    wanted = encoding or source.encoding
    if path.is_dir():
        yield from _joined(path, source, wanted)
    elif path.suffix.casefold() in {".csv", ".tsv", ".txt"}:
        delimiter = "\t" if path.suffix.casefold() == ".tsv" else source.delimiter
        yield from _csv(path, wanted, delimiter)
    else:
        yield from _json(path, wanted)


def _json(path: Path, encoding: str) -> Iterator[Line]:
    with path.open("rb") as file:
        for number, content in enumerate(file, 1):
            if content.strip(_BLANK):
                try:
                    yield Line(number, _object(content, encoding))
                except Refused as refusal:
                    yield Line(number, {}, refusal.reason)


def _object(content: bytes, encoding: str) -> dict[str, Any]:
    if len(content) > LONGEST_LINE:
        raise Refused("too-long")
    try:
        text = content.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError:
        raise Refused("not-utf8" if encoding == "utf-8" else f"not-{encoding}") from None
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("html" if _HTML.match(text) else "not-json") from None
    if not isinstance(row, dict):
        raise Refused("not-an-object")
    return row


def _csv(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    """The records below the head; cells may hold line breaks, and stand for each by its name."""
    text = path.read_bytes().decode(encoding, "surrogateescape").lstrip("\ufeff")
    before = csv.field_size_limit(LONGEST_LINE)
    try:
        records = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        head = [name.strip() for name in next(records, [])]
        begins = records.line_num + 1
        while True:
            try:
                cells = next(records)
            except StopIteration:
                return
            except csv.Error:
                yield Line(begins, {}, "too-long")
            else:
                if any(cell.strip() for cell in cells):
                    yield _record(begins, head, cells, encoding)
            begins = records.line_num + 1
    finally:
        csv.field_size_limit(before)


def _record(number: int, head: list[str], cells: list[str], encoding: str) -> Line:
    if any("\udc80" <= c <= "\udcff" for cell in cells for c in cell):
        return Line(number, {}, "not-utf8" if encoding == "utf-8" else f"not-{encoding}")
    if len(cells) != len(head):
        return Line(number, {}, "html" if _HTML.match(cells[0]) else "ragged")
    return Line(number, dict(zip(head, cells, strict=True)))


def _joined(folder: Path, source: Mapping, encoding: str) -> Iterator[Line]:
    """Each row of the first table, with the rows of the others under the names of their tables."""
    first, *others = source.tables
    children = {table.name: _by_key(folder, table, source, encoding) for table in others}
    for line in rows(_file(folder, first), source, encoding=encoding):
        key = str(line.row.get(source.key, ""))
        own = {name: found.get(key, []) for name, found in children.items()}
        yield Line(line.number, {**line.row, **own}, line.reason)


def _by_key(
    folder: Path, table: Table, source: Mapping, encoding: str
) -> dict[str, list[dict[str, Any]]]:
    path = _file(folder, table)
    found: dict[str, list[dict[str, Any]]] = {}
    for line in rows(path, source, encoding=encoding) if path.exists() else ():
        if not line.reason:
            found.setdefault(str(line.row.get(source.key, "")), []).append(line.row)
    for each in found.values() if table.order else ():
        each.sort(key=lambda row: _place(row.get(table.order)))
    return found


def _place(text: object) -> tuple[int, str]:
    digits = str(text).strip()
    return (int(digits) if digits.isascii() and digits.isdigit() else 10**9, digits)


def _file(folder: Path, table: Table) -> Path:
    found = [folder / f"{table.name}{suffix}" for suffix in (".csv", ".jsonl")]
    return next((path for path in found if path.exists()), found[0])
