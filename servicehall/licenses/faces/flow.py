"""The flow (流式排版): rows in two columns where they are short, over the whole width where they are long."""

from collections.abc import Sequence

from servicehall.licenses.faces.sheet import Row, label_width, named_lines
from servicehall.licenses.faces.typesetting import LEADING
from servicehall.printing.pen import measure, wrapped

GAP = 26

Line = tuple[Row, ...]


def paired(all_rows: Sequence[Row], size: float, width: float) -> list[Line]:
    """Rows two by two; a value too long for half of *width* gets a whole one."""
    lines: list[Line] = []
    waiting: list[Row] = []
    for row in all_rows:
        if measure(row.value, size) > width:
            lines += [(one,) for one in waiting] + [(row,)]
            waiting = []
            continue
        waiting.append(row)
        if len(waiting) == 2:
            lines.append(tuple(waiting))
            waiting = []
    return lines + [(one,) for one in waiting]


def lined(all_rows: Sequence[Row], width: float, size: float) -> tuple[list[Line], float]:
    """The rows in lines of *width* points, and how wide their labels are."""
    label = label_width(all_rows, size) + 14
    return paired(all_rows, size, (width - GAP) / 2 - label), label


def line_height(line: Line, width: float, size: float, label: float) -> float:
    """How high *line* is, with the room below it."""
    room = value_width(line, width, label)
    values = max(len(wrapped(row.value, size, room)) for row in line)
    names = max(named_lines(row, size, label) for row in line)
    return size * LEADING * max(values, names) + size * 0.72


def value_width(line: Line, width: float, label: float) -> float:
    """How wide a value of *line* may be."""
    return (width if len(line) == 1 else (width - GAP) / 2) - label


def height(all_rows: Sequence[Row], statement: str, width: float, size: float) -> float:
    """How much of the page fields and statement use in *size*."""
    lines, label = lined(all_rows, width, size)
    fields = sum(line_height(line, width, size, label) for line in lines)
    words = len(wrapped("　　" + statement, size, width)) if statement else 0
    return fields + words * size * 1.6 + size
