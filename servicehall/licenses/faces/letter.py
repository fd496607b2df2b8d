"""Layout letter (批文): a red heading, the decision in words, its particulars, the seal."""

from servicehall.licenses.faces.sheet import Row, checking, footer, labelled, rows, signature
from servicehall.licenses.record import Record
from servicehall.printing import ornament
from servicehall.printing.pen import Pen, measure, wrapped
from servicehall.printing.seal import RED

_SIDE = 76


def draw(pen: Pen, record: Record, address: str) -> None:
    """The whole letter; the type gets smaller until everything has room."""
    ornament.watermark(pen, "演示")
    width = pen.width - 2 * _SIDE
    y = _heading(pen, record, width)
    size = _fitting(record, width, y - 306)
    y = _body(pen, record, y, width, size)
    signature(pen, pen.width - _SIDE, max(226, min(y - 56, 420)), record, radius=56, size=14)
    pen.rule(_SIDE, 140, pen.width - _SIDE, 140, width=0.5, part=0.5)
    checking(pen, _SIDE, 54, record, address, size=72)
    footer(pen, 30)


def _heading(pen: Pen, record: Record, width: float) -> float:
    """The department in red, the red rule with its star, number and title; the next baseline."""
    name, middle = record.issuer.name, pen.width / 2
    size = min(34.0, width / (len(name) * 1.12))
    top = pen.height - 92
    pen.text(middle, top, name, size, bold=True, colour=RED, align=0.5, spacing=size * 0.1)
    pen.text(middle, top - 40, f"编号　{record.number}", 12, align=0.5)
    canvas = pen.canvas
    canvas.setStrokeColor(RED)
    for shift, line in ((0.0, 2.2), (4.2, 0.7)):
        canvas.setLineWidth(line)
        canvas.line(_SIDE, top - 58 - shift, pen.width - _SIDE, top - 58 - shift)
    title = min(24.0, width / (len(record.type.name) * 1.1))
    pen.text(middle, top - 116, record.type.name, title, bold=True, align=0.5, spacing=title * 0.08)
    return top - 160


def _particulars(record: Record) -> list[Row]:
    return rows(record)


def _label_width(record: Record, size: float) -> float:
    widest = max(measure(row.label, size * 0.86, bold=True) for row in _particulars(record))
    return min(widest, size * 9) + 18


def _height(record: Record, width: float, size: float) -> float:
    label = _label_width(record, size)
    words = len(wrapped("　　" + record.statement, size, width)) + 1
    fields = sum(
        max(
            len(wrapped(row.value, size, width - label)) * 1.45,
            len(wrapped(row.label, size * 0.86, label - 8)) * 1.15,
        )
        + 0.75
        for row in _particulars(record)
    )
    return size * (words * 1.8 + fields + 2)


def _fitting(record: Record, width: float, room: float) -> float:
    size = 14.0
    while size > 4.5 and _height(record, width, size) > room:
        size -= 0.25
    return size


def _body(pen: Pen, record: Record, y: float, width: float, size: float) -> float:
    y = pen.paragraph(_SIDE, y, f"{record.holder.name}：", size, width=width, leading=1.8)
    y = pen.paragraph(_SIDE, y, record.statement, size, width=width, leading=1.8, indent=2)
    y -= size
    label = _label_width(record, size)
    pen.rule(_SIDE, y + size * 1.35, pen.width - _SIDE, y + size * 1.35, width=0.7, part=0.7)
    for row in _particulars(record):
        used = labelled(pen, _SIDE, y, row, size=size, label=label, width=width - label)
        y -= size * (1.45 * used + 0.75)
        pen.rule(_SIDE, y + size * 1.3, pen.width - _SIDE, y + size * 1.3, width=0.35, part=0.4)
    return y
