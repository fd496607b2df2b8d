"""Placing (定位排版): faces in the boxes that the template names, each in the largest type that fits."""

from collections.abc import Sequence

from servicehall.licenses.faces import typesetting
from servicehall.licenses.faces.sheet import Row
from servicehall.licenses.faces.typesetting import LEADING, SMALLEST, STEP, lines_within
from servicehall.licenses.schema import Box
from servicehall.printing.pen import MM, Pen, measure

_GAP = 6  # points between label and value


def holds(box: Box, row: Row) -> bool:
    """Whether *row* fits *box* in a type that can be read."""
    return _lines(box, row, SMALLEST) is not None


def place(pen: Pen, boxes: Sequence[Box], rows: Sequence[Row]) -> None:
    """Draw each of *rows* that has a box in it; a row without one is said elsewhere on the sheet."""
    found = {row.code: row for row in rows}
    for box in boxes:
        if row := found.get(box.code):
            _place(pen, box, row)


def _place(pen: Pen, box: Box, row: Row) -> None:
    size = float(box.size)
    while (lines := _lines(box, row, size)) is None and size > SMALLEST:
        size -= STEP
    left, top = box.x / MM, pen.height - box.y / MM - size
    label = typesetting.label(size)
    pen.text(left, top, row.label, label, colour=pen.colour, bold=True)
    x, y = (left + box.label / MM, top) if box.label else (left, top - _above(row, label))
    for number, line in enumerate(lines or [row.value]):
        pen.text(x, y - number * size * LEADING, line, size)


def _lines(box: Box, row: Row, size: float) -> list[str] | None:
    """The value's lines in *box*; None where label or value do not fit in *size*."""
    width, height = box.width / MM, box.height / MM
    label = typesetting.label(size)
    named = measure(row.label, label, bold=True)
    if named > (box.label / MM - _GAP if box.label else width):
        return None
    if box.label:
        return lines_within(row.value, size, width - box.label / MM, height)
    return lines_within(row.value, size, width, height - _above(row, label))


def _above(row: Row, label: float) -> float:
    """What a name above its value takes."""
    return label * 1.5 if row.label else 0
