"""Layout letter (批文): a red heading, the decision in words, its particulars, the seal."""

from collections.abc import Sequence
from functools import partial

from servicehall.licenses.faces import typesetting
from servicehall.licenses.faces.sheet import (
    Row,
    Words,
    checking,
    footer,
    label_width,
    labelled,
    named_lines,
    seal_place,
    signature,
    words,
)
from servicehall.licenses.record import Record
from servicehall.printing import ornament
from servicehall.printing.pen import Pen, wrapped
from servicehall.printing.seal import RED

_SIDE, _HEAD, _FOOT = 76, 252, 282  # the foot: seal and check


def draw(pen: Pen, record: Record, address: str, all_rows: list[Row]) -> None:
    """The whole letter; the type gets smaller until everything has room."""
    ornament.watermark(pen, "演示")
    width = pen.width - 2 * _SIDE
    y = _heading(pen, record, width)
    size, _ = typesetting.largest(
        partial(_height, words(record), all_rows, width), _room(pen.height)
    )
    y = _body(pen, record, all_rows, y, width, size)
    usual = (pen.width - _SIDE - 56, max(216, min(y - 56, 420)) - 10, 56)
    signature(pen, record, seal_place(pen, record, usual), size=14)
    pen.rule(_SIDE, 140, pen.width - _SIDE, 140, width=0.5, part=0.5)
    checking(pen, _SIDE, 54, record, address, size=72)
    footer(pen, 30)


def fits(said: Words, page: tuple[float, float], all_rows: Sequence[Row]) -> bool:
    """Whether words and particulars stand between heading and seal in a type that can be read."""
    width, height = page
    return typesetting.fits(partial(_height, said, all_rows, width - 2 * _SIDE), _room(height))


def _room(height: float) -> float:
    return height - _HEAD - _FOOT


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


def _height(said: Words, all_rows: Sequence[Row], width: float, size: float) -> float:
    label = label_width(all_rows, size) + 18
    lines = len(wrapped("　　" + said.statement, size, width))
    lines += len(wrapped(f"{said.holder}：", size, width))
    fields = sum(
        max(len(wrapped(row.value, size, width - label)), named_lines(row, size, label))
        * typesetting.LEADING
        + 0.75
        for row in all_rows
    )
    return size * (lines * 1.8 + fields + 2)


def _body(
    pen: Pen, record: Record, all_rows: list[Row], y: float, width: float, size: float
) -> float:
    y = pen.paragraph(_SIDE, y, f"{record.holder.name}：", size, width=width, leading=1.8)
    y = pen.paragraph(_SIDE, y, record.statement, size, width=width, leading=1.8, indent=2)
    y -= size
    label = label_width(all_rows, size) + 18
    pen.rule(_SIDE, y + size * 1.35, pen.width - _SIDE, y + size * 1.35, width=0.7, part=0.7)
    for row in all_rows:
        used = labelled(pen, _SIDE, y, row, size=size, label=label, width=width - label)
        y -= size * (typesetting.LEADING * used + 0.75)
        pen.rule(_SIDE, y + size * 1.3, pen.width - _SIDE, y + size * 1.3, width=0.35, part=0.4)
    return y
