"""Layout certificate (证书): a framed sheet, fields in two columns, the seal at the right."""

from servicehall.licenses.faces.sheet import (
    Row,
    checking,
    footer,
    labelled,
    paired,
    rows,
    signature,
)
from servicehall.licenses.record import Record
from servicehall.printing import ornament
from servicehall.printing.pen import GREY, Pen, measure, wrapped

_MARGIN, _PAD, _GAP = 26, 34, 26


def draw(pen: Pen, record: Record, address: str) -> None:
    """The whole sheet; the type gets smaller until every field has room."""
    inner = _MARGIN + 26
    box = (inner, inner, pen.width - 2 * inner, pen.height - 2 * inner)
    ornament.ground(pen, box)
    ornament.rosette(pen, pen.width / 2, pen.height * 0.47, 150, part=0.10, petals=18)
    ornament.watermark(pen, "演示")
    ornament.border(pen, _MARGIN)
    foot = inner + 118
    top = _title(pen, record, pen.height - inner)
    left, width = inner + _PAD, pen.width - 2 * (inner + _PAD)
    size, used = _fitting(record, width, top - foot - 8)
    y = _fields(pen, record, left, top - max(0.0, (top - foot - used) * 0.22), width, size)
    if record.statement:
        pen.paragraph(left, y - size * 0.6, record.statement, size, width=width, indent=2)
    checking(pen, left, inner + 26, record, address, size=74)
    signature(pen, pen.width - inner - _PAD + 6, inner + 76, record, radius=54, size=13)
    footer(pen, inner + 7)


def _title(pen: Pen, record: Record, top: float) -> float:
    """The name of the license in large type and its number; where the fields may begin."""
    name = record.type.name
    size = min(40.0, (pen.width - 190) / (len(name) * 1.25))
    y = top - 30 - size
    pen.text(
        pen.width / 2, y, name, size, bold=True, colour=pen.colour, align=0.5, spacing=size / 4
    )
    half = pen.width * 0.24
    for shift, line in ((0.0, 1.1), (3.0, 0.4)):
        y_rule = y - 16 - shift
        pen.rule(pen.width / 2 - half, y_rule, pen.width / 2 + half, y_rule, width=line, part=0.8)
    pen.text(pen.width / 2, y - 34, f"编号　{record.number}", 10, colour=GREY, align=0.5)
    return y - 66


def _label_width(all_rows: list[Row], size: float) -> float:
    widest = max(measure(row.label, size * 0.86, bold=True) for row in all_rows)
    return min(widest, size * 9) + 14


def _lines(record: Record, width: float, size: float) -> tuple[list[tuple[Row, ...]], float]:
    all_rows = rows(record)
    label = _label_width(all_rows, size)
    return paired(all_rows, size, (width - _GAP) / 2 - label), label


def _fitting(record: Record, width: float, room: float) -> tuple[float, float]:
    """The largest type in which fields and statement fit *room*, and what they use of it."""
    size, used = 14.0, 0.0
    while size > 4.5:
        used = _height(record, width, size)
        if used <= room:
            break
        size -= 0.25
    return size, used


def _height(record: Record, width: float, size: float) -> float:
    lines, label = _lines(record, width, size)
    fields = sum(_line_height(line, width, size, label) for line in lines)
    statement = len(wrapped("　　" + record.statement, size, width)) if record.statement else 0
    return fields + statement * size * 1.6 + size


def _line_height(line: tuple[Row, ...], width: float, size: float, label: float) -> float:
    room = (width if len(line) == 1 else (width - _GAP) / 2) - label
    values = max(len(wrapped(row.value, size, room)) for row in line)
    names = max(len(wrapped(row.label, size * 0.86, label - 8)) for row in line)
    return size * 1.45 * max(values, 0.8 * names) + size * 0.72


def _fields(pen: Pen, record: Record, left: float, top: float, width: float, size: float) -> float:
    """The rows from *top* downward, a hairline under each; the next free baseline."""
    lines, label = _lines(record, width, size)
    half = (width - _GAP) / 2
    y = top
    for line in lines:
        room = (width if len(line) == 1 else half) - label
        for place, row in enumerate(line):
            x = left + place * (half + _GAP)
            labelled(pen, x, y, row, size=size, label=label, width=room)
            end = x + (width if len(line) == 1 else half)
            under = y - _line_height(line, width, size, label) + size * 1.4
            pen.rule(x, under, end, under, width=0.4, part=0.45)
        y -= _line_height(line, width, size, label)
    return y
