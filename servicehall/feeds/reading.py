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
TOO_LONG, OPEN_QUOTE = ["\ufefftoo-long"], ["\ufeffopen-quote"]  # no cell begins with a mark
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
        yield from objects(path, wanted)


def objects(path: Path, encoding: str) -> Iterator[Line]:
    """Every line of JSON Lines that is not blank; what is no object says why it is none."""
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
    lines = list(StringIO(text, newline=""))
    before = csv.field_size_limit(LONGEST_LINE)
    try:
        head: list[str] = []
        for number, cells in _records(lines, delimiter, head):
            if not head:
                head += [name.strip() for name in cells]
            elif cells in (TOO_LONG, OPEN_QUOTE):
                yield Line(number, {}, cells[0][1:])
            elif any(cell.strip() for cell in cells):
                yield _record(number, head, cells, encoding)
    finally:
        csv.field_size_limit(before)


def _records(lines: list[str], delimiter: str, head: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on, counted from 1.

    A record of several lines that does not fit the *head* has a quote that nobody closed: its first
    line is given up, and reading goes on with the next, so that no row is swallowed.
    """
    at = 0
    while at < len(lines):
        cells, size = _first(lines, at, delimiter)
        if size > 1 and (cells is None or (head and len(cells) != len(head))):
            cells, size = OPEN_QUOTE, 1
        yield at + 1, _alone(lines[at], delimiter) if cells is None else cells
        at += size


def _first(lines: list[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The record that begins at *at*, None for a faulty one, and over how many lines it goes."""
    here = (lines[n] for n in range(at, len(lines)))
    records = csv.reader(here, delimiter=delimiter, strict=True)
    try:
        return next(records), records.line_num
    except csv.Error:
        return None, records.line_num


def _alone(line: str, delimiter: str) -> list[str]:
    """One line as spreadsheets read it, whatever its quotes."""
    try:
        return next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return TOO_LONG


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
