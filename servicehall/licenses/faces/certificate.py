"""Layout certificate (证书): a framed sheet, fields in two columns or in their boxes, the seal at the right."""

from collections.abc import Sequence
from functools import partial

from servicehall.licenses.faces import flow, frame, placing, typesetting
from servicehall.licenses.faces.sheet import Row, Words, boxed, labelled
from servicehall.licenses.record import Record
from servicehall.printing.pen import Pen


def draw(pen: Pen, record: Record, address: str, all_rows: list[Row]) -> None:
    """The whole sheet; the type gets smaller until every field has room."""
    frame.draw(pen, record, address)
    left, width, top, foot = frame.room(record.type.name, (pen.width, pen.height))
    if record.template.fields:
        placing.place(pen, record.template.fields, boxed(record, all_rows))
        return
    size, used = typesetting.largest(_height(record.statement, all_rows, width), top - foot - 8)
    y = _fields(pen, all_rows, left, top - max(0.0, (top - foot - used) * 0.22), width, size)
    if record.statement:
        pen.paragraph(left, y - size * 0.6, record.statement, size, width=width, indent=2)


def fits(said: Words, page: tuple[float, float], all_rows: Sequence[Row]) -> bool:
    """Whether the rows stand between title and seal in a type that can be read."""
    _, width, top, foot = frame.room(said.title, page)
    return typesetting.fits(_height(said.statement, all_rows, width), top - foot - 8)


def _height(statement: str, all_rows: Sequence[Row], width: float) -> partial[float]:
    return partial(flow.height, all_rows, statement, width)


def _fields(
    pen: Pen, all_rows: list[Row], left: float, top: float, width: float, size: float
) -> float:
    """The rows from *top* downward, a hairline under each; the next free baseline."""
    lines, label = flow.lined(all_rows, width, size)
    half, y = (width - flow.GAP) / 2, top
    for line in lines:
        room, high = (
            flow.value_width(line, width, label),
            flow.line_height(line, width, size, label),
        )
        for place, row in enumerate(line):
            x = left + place * (half + flow.GAP)
            labelled(pen, x, y, row, size=size, label=label, width=room)
            under = y - high + size * 1.4
            pen.rule(x, under, x + label + room, under, width=0.4, part=0.45)
        y -= high
    return y
