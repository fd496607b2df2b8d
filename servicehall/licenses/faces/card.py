"""Layout card (卡片): front and back of a card of ID-1 proportions, to be cut out and folded."""

from collections.abc import Sequence
from functools import partial

from servicehall.licenses.faces import placing, typesetting
from servicehall.licenses.faces.sheet import (
    Row,
    Words,
    checking,
    footer,
    label_width,
    labelled,
    named_lines,
    qr_code,
    seal_place,
    signature,
)
from servicehall.licenses.faces.wording import spaced_code
from servicehall.licenses.record import Record
from servicehall.printing import ornament
from servicehall.printing.pen import GREY, INK, Pen, wrapped

_WIDTH, _HEIGHT = 442.0, 278.7  # ID-1, 85.60 by 53.98 mm (ISO/IEC 7810), enlarged 1.82 times
_SIDE = 30


def draw(pen: Pen, record: Record, address: str, all_rows: list[Row]) -> None:
    """Front above, back below, how to verify underneath."""
    ornament.watermark(pen, "演示")
    x = (pen.width - _WIDTH) / 2
    front, back = _places(pen.height)
    for y in (front, back):
        _card(pen, record, x, y)
    _front(pen, record, x, front, all_rows)
    _back(pen, record, x, back, address)
    checking(pen, x, 52, record, address, size=66)
    footer(pen, 28)


def fits(said: Words, page: tuple[float, float], all_rows: Sequence[Row]) -> bool:
    """Whether the rows stand on the front in a type that can be read."""
    paragraph = partial(_paragraph, said.statement)
    return typesetting.fits(partial(_height, all_rows), _HEIGHT - 122) and typesetting.fits(
        paragraph, 110
    )


def _places(height: float) -> tuple[float, float]:
    """The lower edges of front and back."""
    return height - 56 - _HEIGHT, height - 76 - 2 * _HEIGHT


def _card(pen: Pen, record: Record, x: float, y: float) -> None:
    """A rounded card with a fine ground."""
    canvas = pen.canvas
    canvas.saveState()
    canvas.setFillColor(ornament.colour(record.template.paper))
    canvas.setStrokeColor(pen.tint(0.8))
    canvas.setLineWidth(0.8)
    canvas.roundRect(x, y, _WIDTH, _HEIGHT, 14, fill=1)
    clip = canvas.beginPath()
    clip.roundRect(x, y, _WIDTH, _HEIGHT, 14)
    canvas.clipPath(clip, stroke=0, fill=0)
    ornament.ground(pen, (x, y, _WIDTH, _HEIGHT), part=0.10)
    ornament.rosette(pen, x + _WIDTH - 100, y + 100, 120, part=0.16, petals=16)
    canvas.restoreState()


def _front(pen: Pen, record: Record, x: float, y: float, all_rows: list[Row]) -> None:
    """Title and fields: in their boxes, or in one column in the largest type that leaves room."""
    _band(pen, record, x, y)
    if record.template.fields:
        placing.place(pen, record.template.fields, all_rows)
    else:
        size, used = typesetting.largest(partial(_height, all_rows), _HEIGHT - 122)
        top = y + _HEIGHT - 82 - (_HEIGHT - 122 - used) * 0.25
        label = label_width(all_rows, size) + 14
        for row in all_rows:
            width = _WIDTH - 2 * _SIDE - label
            lines = labelled(pen, x + _SIDE, top, row, size=size, label=label, width=width)
            top -= size * (typesetting.LEADING * lines + 0.42)
    pen.text(x + _SIDE, y + 17, f"编号　{record.number}", 8.5, colour=GREY)
    pen.text(x + _WIDTH - _SIDE, y + 17, record.issuer.name, 8.5, colour=GREY, align=1)


def _band(pen: Pen, record: Record, x: float, y: float) -> None:
    """The title: white on a coloured band, or in colour on the paper that the template names."""
    canvas, name = pen.canvas, record.type.name
    size = min(25.0, (_WIDTH - 60) / (len(name) * 1.2))
    if not record.template.paper:
        canvas.saveState()
        clip = canvas.beginPath()
        clip.roundRect(x, y, _WIDTH, _HEIGHT, 14)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setFillColor(pen.colour)
        canvas.rect(x, y + _HEIGHT - 52, _WIDTH, 52, stroke=0, fill=1)
        canvas.restoreState()
    colour = pen.colour if record.template.paper else pen.tint(0)
    pen.text(
        x + _WIDTH / 2, y + _HEIGHT - 37, name, size, bold=True, colour=colour, align=0.5,
        spacing=size * 0.18,
    )  # fmt: skip


def _height(all_rows: Sequence[Row], size: float) -> float:
    label = label_width(all_rows, size) + 14
    width = _WIDTH - 2 * _SIDE - label
    lines = (
        max(len(wrapped(row.value, size, width)), named_lines(row, size, label)) for row in all_rows
    )
    return sum(size * (typesetting.LEADING * used + 0.42) for used in lines)


def _paragraph(words: str, size: float) -> float:
    return len(wrapped(words, size, _WIDTH - 2 * _SIDE)) * size * 1.6


def _back(pen: Pen, record: Record, x: float, y: float, address: str) -> None:
    left, width = x + _SIDE, _WIDTH - 2 * _SIDE
    pen.text(left, y + _HEIGHT - 40, record.type.name, 14, bold=True, colour=pen.colour)
    pen.rule(left, y + _HEIGHT - 50, x + _WIDTH - _SIDE, y + _HEIGHT - 50, width=0.8, part=0.8)
    size, _ = typesetting.largest(partial(_paragraph, record.statement), 110, start=11.5)
    pen.paragraph(left, y + _HEIGHT - 76, record.statement, size, width=width, colour=INK)
    qr_code(pen, left + 6, y + 44, 84, f"{address}/verify/{record.code}")
    pen.text(left + 48, y + 20, spaced_code(record.code), 9, bold=True, align=0.5)
    place = seal_place(pen, record, (x + _WIDTH - 78, y + 84, 50))
    signature(pen, record, place, size=12)
