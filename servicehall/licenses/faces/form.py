"""Layout form (登记表): a framed sheet with a ruled table, as of property and of the household register."""

from collections.abc import Sequence
from functools import partial

from servicehall.licenses.faces import flow, frame, typesetting
from servicehall.licenses.faces.sheet import Row, Words, label_width, named_lines
from servicehall.licenses.record import Record
from servicehall.printing.pen import Pen, wrapped

_SIDE = 8  # points between a rule and what stands beside it


def draw(pen: Pen, record: Record, address: str, all_rows: list[Row]) -> None:
    """The statement, then the table; the type gets smaller until every cell has room."""
    frame.draw(pen, record, address)
    left, width, top, foot = frame.room(record.type.name, (pen.width, pen.height))
    size, used = typesetting.largest(
        partial(_height, record.statement, all_rows, width), top - foot
    )
    y = top - max(0.0, (top - foot - used) * 0.3)
    if record.statement:
        y = pen.paragraph(left, y, record.statement, size, width=width, indent=2)
    _table(pen, all_rows, left, y + size * 0.4, width, size)


def fits(said: Words, page: tuple[float, float], all_rows: Sequence[Row]) -> bool:
    """Whether the table stands between title and seal in a type that can be read."""
    _, width, top, foot = frame.room(said.title, page)
    return typesetting.fits(partial(_height, said.statement, all_rows, width), top - foot)


def _height(statement: str, all_rows: Sequence[Row], width: float, size: float) -> float:
    words = len(wrapped("　　" + statement, size, width)) if statement else 0
    lines, label = _lined(all_rows, width, size)
    return words * size * 1.6 + sum(_high(line, width, size, label) for line in lines) + size


def _lined(all_rows: Sequence[Row], width: float, size: float) -> tuple[list[flow.Line], float]:
    label = label_width(all_rows, size) + 2 * _SIDE + 0.5  # rounding must not break a label
    return flow.paired(all_rows, size, width / 2 - label - 2 * _SIDE), label


def _room(line: flow.Line, width: float, label: float) -> float:
    return width / len(line) - label - 2 * _SIDE


def _high(line: flow.Line, width: float, size: float, label: float) -> float:
    room = _room(line, width, label)
    values = max(len(wrapped(row.value, size, room)) for row in line)
    names = max(named_lines(row, size, label - _SIDE) for row in line)
    return size * typesetting.LEADING * max(values, names) + size * 0.95


def _table(
    pen: Pen, all_rows: list[Row], left: float, top: float, width: float, size: float
) -> None:
    lines, label = _lined(all_rows, width, size)
    y = top
    for line in lines:
        high = _high(line, width, size, label)
        for place, row in enumerate(line):
            cell = (left + place * width / 2, y - high, width / len(line), high)
            _cell(pen, row, cell, size, label)
        y -= high


def _cell(
    pen: Pen, row: Row, cell: tuple[float, float, float, float], size: float, label: float
) -> None:
    """Label and value, each in the middle of its cell's height."""
    x, y, width, height = cell
    canvas = pen.canvas
    canvas.setFillColor(pen.tint(0.07))
    canvas.setStrokeColor(pen.tint(0.75))
    canvas.setLineWidth(0.7)
    canvas.rect(x, y, label, height, fill=1)
    canvas.rect(x + label, y, width - label, height)
    small, middle = typesetting.label(size), y + height / 2
    names = wrapped(row.label, small, label - _SIDE - 8)
    for number, line in enumerate(names):
        base = (
            middle
            + ((len(names) - 1) / 2 - number) * small * typesetting.NAME_LEADING
            - small * 0.36
        )
        pen.text(x + label / 2, base, line, small, colour=pen.colour, bold=True, align=0.5)
    values = wrapped(row.value, size, width - label - 2 * _SIDE)
    for number, line in enumerate(values):
        base = middle + ((len(values) - 1) / 2 - number) * size * typesetting.LEADING - size * 0.36
        pen.text(x + label + _SIDE, base, line, size)
