"""Spreadsheets (表格读取): the cells of an uploaded xlsx or CSV file, or why they are not read.

Everything in the file is hostile until proven otherwise: size, archive, markup, formulas, macros.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from servicehall.kernel.declarations import Fault, Misdeclared
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_

MOST_BYTES, MOST_UNPACKED, MOST_MEMBERS = 2 * 1024 * 1024, 8 * 1024 * 1024, 100
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 5, 500, 30, 500
BROKEN = N_("打不开这个文件，它不是完好的 xlsx 表格")
_ARCHIVE, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_FORBIDDEN = ("vbaproject", "externallink", "embeddings/", "activex", "oleobject")
_FORMULA = ("=", "@", "+", "-")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty: where it stands, and its text."""

    sheet: str
    row: int
    column: str
    text: str

    def fault(self, message: str, **params: object) -> Fault:
        """What is wrong here, by sheet, row and column."""
        return Fault(self.sheet, self.row, self.column, message, params)


Row = dict[str, Cell]  # column letter → cell


def read(name: str, content: bytes) -> list[list[Row]]:
    """The rows of each sheet, empty cells left out; a CSV file is one sheet called *name*.

    At most 5 sheets of 500 rows and 30 columns. Raises Invalid for what is no such file, Misdeclared
    with sheet, row and column for formulas, errors and cells that are too long.
    """
    if len(content) > MOST_BYTES:
        raise Invalid(N_("文件不能超过 2 MB"), field="file")
    if content.startswith(_OLD):
        raise Invalid(
            N_("这是旧版 xls 或加了密码的文件，请另存为不加密的 xlsx 或 CSV"), field="file"
        )
    faults: list[Fault] = []
    sheets = _workbook(content) if content.startswith(_ARCHIVE) else [_csv(name, content)]
    told = [_kept(sheet, faults) for sheet in sheets]
    if faults:
        raise Misdeclared(faults, field="file")
    return told


def _kept(rows: list[list[tuple[Cell, str]]], faults: list[Fault]) -> list[Row]:
    kept: list[Row] = []
    for row in rows:
        cells: Row = {}
        for cell, kind in row:
            if kind == "f":
                faults.append(cell.fault(N_("这里是公式，请改成文字再上传")))
            elif kind == "e":
                faults.append(cell.fault(N_("这里是错误值，请改正再上传")))
            elif len(cell.text) > MOST_CHARACTERS:
                faults.append(cell.fault(N_("请不要超过 %(most)d 个字"), most=MOST_CHARACTERS))
            else:
                cells[cell.column] = cell
        if cells:
            kept.append(cells)
    return kept


def _workbook(content: bytes) -> list[list[list[tuple[Cell, str]]]]:
    _safe(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = book.worksheets
        if len(sheets) > MOST_SHEETS:
            raise Invalid(N_("工作表不能超过 %(most)d 张"), field="file", most=MOST_SHEETS)
        told = [list(_rows(sheet)) for sheet in sheets]
    except Invalid:
        raise
    except Exception:  # whatever a damaged file makes the parser stumble over, it is no workbook
        raise Invalid(BROKEN, field="file") from None
    if not told:
        raise Invalid(BROKEN, field="file")
    return told


def _safe(content: bytes) -> None:
    """Raises Invalid for an archive that unpacks to too much, or holds what no table needs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            unpacked = sum(one.file_size for one in members)
            if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
                raise Invalid(N_("文件解开后太大，不能读取"), field="file")
            names = [one.filename.lower() for one in members]
            if any(bad in name for name in names for bad in _FORBIDDEN):
                raise Invalid(
                    N_("文件带有宏、外部链接或嵌入对象，请另存为普通 xlsx 再上传"), field="file"
                )
            if any(_declares(archive.read(one)) for one in members):
                raise Invalid(N_("文件里有不允许的 XML 声明，不能读取"), field="file")
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        raise Invalid(BROKEN, field="file") from None


def _declares(part: bytes) -> bool:
    """Whether the markup declares entities, which no spreadsheet program writes."""
    text = part.replace(b"\x00", b"").upper()  # also in UTF-16
    return b"<!DOCTYPE" in text or b"<!ENTITY" in text


def _rows(sheet: Any) -> Iterator[list[tuple[Cell, str]]]:
    if (sheet.max_row or 0) > MOST_ROWS or (sheet.max_column or 0) > MOST_COLUMNS:
        _too_many(sheet.title)
    limits = {"max_row": MOST_ROWS + 1, "max_col": MOST_COLUMNS + 1}
    for number, row in enumerate(sheet.iter_rows(**limits), 1):
        filled = [
            (Cell(sheet.title, number, get_column_letter(at), text), cell.data_type)
            for at, cell in enumerate(row, 1) if (text := _text(cell.value))
        ]  # fmt: skip
        if filled and (number > MOST_ROWS or row[-1].value is not None):
            _too_many(sheet.title)
        yield filled


def _csv(name: str, content: bytes) -> list[list[tuple[Cell, str]]]:
    if b"\x00" in content:
        raise Invalid(N_("这不是表格：请上传 xlsx 或 CSV 文件"), field="file")
    rows = []
    try:
        lines = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
        for number, row in enumerate(lines, 1):
            if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                _too_many(name)
            rows.append(
                [
                    (Cell(name, number, get_column_letter(at), text), _kind(text))
                    for at, value in enumerate(row, 1) if (text := _text(value))
                ]
            )  # fmt: skip
    except csv.Error:
        raise Invalid(N_("这不是表格：请上传 xlsx 或 CSV 文件"), field="file") from None
    return rows


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid(N_("文字编码不是 UTF-8 或 GB 18030，不能读取"), field="file")


def _kind(text: str) -> str:
    """A CSV cell that a spreadsheet program would run is a formula; a signed number is none."""
    return "f" if text.startswith(_FORMULA) and not text.lstrip("+-").isdecimal() else "s"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def _too_many(sheet: str) -> None:
    raise Invalid(
        N_("“%(sheet)s”太大：最多 %(rows)d 行、%(columns)d 列"),
        field="file", sheet=sheet, rows=MOST_ROWS, columns=MOST_COLUMNS,
    )  # fmt: skip
