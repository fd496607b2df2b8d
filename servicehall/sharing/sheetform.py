"""Sheet form (目录模板): what a spreadsheet says of each item of information, and the blank one."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from openpyxl import Workbook
from openpyxl.styles import Font

from servicehall.kernel.declarations import Fault, Misdeclared
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.sharing import spreadsheets
from servicehall.sharing.elements import ELEMENTS, KINDS, Kind
from servicehall.sharing.spreadsheets import Cell, Row

# What columns are called (发改高技〔2017〕1272号 信息项名称、数据类型、数据长度, and common others).
HEADINGS: Final = {
    "name": ("信息项名称", "信息项", "字段名称", "字段中文名", "中文名称", "名称", "name"),
    "code": ("字段代码", "英文名称", "字段英文名", "字段名", "列名", "代码", "code", "column"),
    "kind": ("数据类型", "字段类型", "类型", "type"),
    "length": ("数据长度", "字段长度", "长度", "length"),
    "values": ("值域", "取值范围", "可选值", "values"),
    "definition": ("说明", "定义", "描述", "备注", "definition"),
}
_KINDS: Final[dict[Kind, tuple[str, ...]]] = {
    "string": ("字符型", "字符串型", "字符串", "字符", "文本", "c", "string", "char", "varchar", "text"),
    "date": ("日期型", "日期", "日期时间型", "日期时间", "d", "date", "datetime", "timestamp"),
    "number": ("数值型", "数值", "数字", "整数", "整型", "金额", "货币型", "n", "number", "int",
               "integer", "decimal", "float"),
}  # fmt: skip
LOOKED_AT = 10  # the headings stand in one of the first rows
MOST_LENGTH = 4000
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_LENGTH = re.compile(r"(?:varchar|char|[a-z]*)\(?(\d{1,5})(?:[,.]\d+)?\)?", re.ASCII)
_ARGUMENT = re.compile(r"[（(]\s*\d+.*?[）)]$")


@dataclass(frozen=True, slots=True)
class Column:
    """One item of information as a department describes it; ``at`` says where (sheet and row)."""

    code: str
    name: str
    kind: Kind
    length: int
    values: tuple[str, ...]
    definition: str
    at: str


def columns(name: str, content: bytes) -> list[Column]:
    """The items of information that a file describes, one a row.

    Raises Invalid where no sheet has the headings, Misdeclared with sheet, row and column for each
    cell that does not hold.
    """
    for rows in spreadsheets.read(name, content):
        if found := _headings(rows):
            start, places = found
            return _columns(rows[start:], places)
    raise Invalid(
        N_("没有找到表头：至少要有“信息项名称”“数据类型”两列，请用下载的模板"), field="file"
    )


def blank() -> bytes:
    """The spreadsheet to fill in (模板): the headings with an example, and the elements there are."""
    book = Workbook()
    sheet = cast(Any, book.active)
    sheet.title = "信息项"
    sheet.append([names[0] for names in HEADINGS.values()])
    sheet.append(["姓名", "name", "字符型", 50, "", "户籍登记的姓名"])
    sheet.append(["性别", "sex", "字符型", 1, "男、女", ""])
    listed = book.create_sheet("数据元")
    listed.append(["数据元", "类型", "长度", "含义", "常见叫法"])
    for one in ELEMENTS.values():
        names = "、".join(one.synonyms)
        listed.append([one.name, KINDS[one.kind], one.length, one.definition, names])
    for page in (sheet, listed):
        for cell in page[1]:
            cell.font = Font(bold=True)
        for letter, width in zip("ABCDEF", (22, 18, 12, 10, 24, 40), strict=True):
            page.column_dimensions[letter].width = width
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _headings(rows: Sequence[Row]) -> tuple[int, dict[str, str]] | None:
    """(index of the row after the headings, meaning → column letter), or None."""
    for number, row in enumerate(rows[:LOOKED_AT]):
        places: dict[str, str] = {}
        for letter, cell in row.items():
            for meaning, names in HEADINGS.items():
                if cell.text.strip("*＊ ").lower() in names:
                    places.setdefault(meaning, letter)
        if {"name", "kind"} <= places.keys():
            return number + 1, places
    return None


def _columns(rows: Sequence[Row], places: dict[str, str]) -> list[Column]:
    told: list[Column] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows, 1):
        said = {meaning: row.get(letter) for meaning, letter in places.items()}
        first = next(iter(row.values()))
        if said["name"] is None:
            faults.append(first.fault(N_("这一行没有写信息项名称")))
            continue
        column = _column(said, first, number, faults)
        if column.code in {one.code for one in told} or column.name in {one.name for one in told}:
            faults.append(said["name"].fault(N_("“%(name)s”重复了"), name=column.name))
        told.append(column)
    if not told and not faults:
        raise Invalid(N_("表里没有信息项"), field="file")
    if faults:
        raise Misdeclared(faults, field="file")
    return told


def _column(said: dict[str, Cell | None], first: Cell, number: int, faults: list[Fault]) -> Column:
    name = said["name"]
    values = said.get("values")
    told = said.get("definition")
    kind = _kind(said.get("kind"), first, faults)
    return Column(
        code=_coded(said.get("code"), number, faults), name=name.text if name else "", kind=kind,
        length=_length(said.get("length"), said.get("kind"), kind, faults),
        values=tuple(filter(None, re.split(r"[、，,;；/|\s]+", values.text))) if values else (),
        definition=told.text if told else "", at=f"{first.sheet} {first.row}",
    )  # fmt: skip


def _kind(cell: Cell | None, first: Cell, faults: list[Fault]) -> Kind:
    if cell is None:
        faults.append(first.fault(N_("这一行没有写数据类型")))
        return "string"
    text = _ARGUMENT.sub("", cell.text.lower())
    for kind, names in _KINDS.items():
        if text in names:
            return kind
    faults.append(cell.fault(N_("数据类型只能是：字符型、日期型、数值型")))
    return "string"


def _length(cell: Cell | None, kind_cell: Cell | None, kind: Kind, faults: list[Fault]) -> int:
    if kind == "date":
        return 10
    if cell is None:
        inside = _LENGTH.fullmatch(kind_cell.text.lower()) if kind_cell else None
        return int(inside[1]) if inside else 100
    found = _LENGTH.fullmatch(cell.text.lower())
    if found is None or not 1 <= int(found[1]) <= MOST_LENGTH:
        faults.append(cell.fault(N_("数据长度应为 1 到 %(most)d 的整数"), most=MOST_LENGTH))
        return 1
    return int(found[1])


def _coded(cell: Cell | None, number: int, faults: list[Fault]) -> str:
    if cell is None:
        return f"item_{number}"
    code = cell.text.lower()
    if not _CODE.fullmatch(code):
        faults.append(cell.fault(N_("字段代码只能用字母、数字和下划线，以字母开头")))
    return code
