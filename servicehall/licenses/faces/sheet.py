"""The sheet (版面部件): what every layout shows: rows of faces, the QR code, the signature."""

from dataclasses import dataclass

import segno

from servicehall.licenses.faces.wording import issue_date, shown, spaced_code, validity
from servicehall.licenses.record import Record
from servicehall.printing.pen import GREY, Pen, measure, wrapped
from servicehall.printing.seal import stamp

MARK = "电子证照专用章"
NOTICE = "演示证照：由示范系统签发，仅供演示，不具有法律效力"


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its value, as text."""

    label: str
    value: str


def rows(record: Record) -> list[Row]:
    """The faces in their declared order, then the validity."""
    faces = [Row(face.name, shown(face)) for face in record.faces if face.value]
    return [*faces, Row("有效期", validity(record))]


def paired(all_rows: list[Row], size: float, width: float) -> list[tuple[Row, ...]]:
    """Rows two by two; a value too long for half of *width* gets a whole one."""
    lines: list[tuple[Row, ...]] = []
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


def qr_code(pen: Pen, x: float, y: float, size: float, text: str) -> None:
    """A QR code, lower left corner at (x, y), *size* points wide without its quiet zone."""
    matrix = segno.make(text, error="m", micro=False).matrix
    module = size / len(matrix)
    canvas = pen.canvas
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    quiet = 4 * module
    canvas.rect(x - quiet, y - quiet, size + 2 * quiet, size + 2 * quiet, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    path = canvas.beginPath()
    for row, bits in enumerate(matrix):
        for column, dark in enumerate(bits):
            if dark:
                path.rect(x + column * module, y + size - (row + 1) * module, module, module)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def checking(pen: Pen, x: float, y: float, record: Record, address: str, *, size: float) -> None:
    """The QR code at (x, y) and, right of it, how to verify: code, address, identifier."""
    link = f"{address}/verify/{record.code}"
    qr_code(pen, x, y, size, link)
    left, top = x + size + 14, y + size - 9
    pen.text(left, top, "扫码或输入验证码核验", 8.5, colour=GREY)
    pen.text(left, top - 19, spaced_code(record.code), 14, bold=True, spacing=0.6)
    pen.text(left, top - 35, f"核验网址　{address}/verify", 7.5, colour=GREY)
    pen.text(left, top - 48, f"证照标识　{record.identifier}", 6.4, colour=GREY)


def signature(pen: Pen, x: float, y: float, record: Record, *, radius: float, size: float) -> None:
    """Department and date, the right end of them at *x*, the seal over that end (骑年盖月)."""
    name = record.issuer.name
    middle = x - radius * 1.45 - max(measure(name, size, bold=True), size * 9) / 2
    note = "示范" if pen.demo else ""
    stamp(pen, x - radius, y - size * 0.7, name, MARK, radius=radius, note=note)
    pen.text(middle, y, name, size, bold=True, align=0.5)
    pen.text(middle, y - size * 2, issue_date(record), size, align=0.5)


def footer(pen: Pen, y: float) -> None:
    """What a demonstration has to say about itself."""
    if pen.demo:
        pen.text(pen.width / 2, y, NOTICE, 7, colour=GREY, align=0.5)


def labelled(
    pen: Pen, x: float, y: float, row: Row, *, size: float, label: float, width: float
) -> float:
    """*row* at baseline *y*, its value from x + *label*, at most *width* wide; lines used."""
    names = wrapped(row.label, size * 0.86, label - 8)
    for number, line in enumerate(names):
        pen.text(x, y - number * size * 1.15, line, size * 0.86, colour=pen.colour, bold=True)
    values = wrapped(row.value, size, width)
    for number, line in enumerate(values):
        pen.text(x + label, y - number * size * 1.45, line, size)
    return max(len(values), 0.8 * len(names))
