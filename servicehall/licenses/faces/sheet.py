"""The sheet (版面部件): what every layout shows: rows of faces, the QR code, the signature."""

from collections.abc import Sequence
from typing import NamedTuple

from servicehall.licenses.faces import typesetting
from servicehall.licenses.faces.typesetting import SHORT, shortened
from servicehall.licenses.faces.wording import issue_date, shown, spaced_code, validity
from servicehall.licenses.record import FaceValue, Record
from servicehall.licenses.schema import ISSUER, STATEMENT, VALIDITY
from servicehall.printing import qr
from servicehall.printing.pen import GREY, MM, Pen, measure, wrapped
from servicehall.printing.seal import stamp

MARK = "电子证照专用章"
_ROOM = 235  # points: what the name of a department may take
NOTICE = "演示证照：由示范系统签发，仅供演示，不具有法律效力"


Place = tuple[float, float, float]  # the middle of a seal and its radius, in points


class Row(NamedTuple):
    """A label and its value, as text."""

    label: str
    value: str
    code: str = ""


class Words(NamedTuple):
    """What takes room on a page beside its rows (版面文字)."""

    title: str
    statement: str
    holder: str


def words(record: Record) -> Words:
    """The words of *record* beside its rows."""
    return Words(record.type.name, record.statement, record.holder.name)


def rows(record: Record) -> list[Row]:
    """The faces in their declared order, then the validity; who issued it stands under the seal."""
    faces = [Row(face.name, shown(face), face.code) for face in _told(record)]
    return [*faces, Row("有效期", validity(record), VALIDITY)]


def outline(record: Record) -> tuple[tuple[str, str], ...]:
    """Labels and values of the rows, as much of a value as a page must know to have room for it
    (``typesetting.shortened``): the same for most licenses of a type."""
    faces = [(face.name, SHORT if face.kind == "date" else shortened(shown(face)))
             for face in _told(record)]  # fmt: skip
    return (*faces, ("有效期", validity(record)))


def _told(record: Record) -> list[FaceValue]:
    issuer = record.issuer.name
    return [
        face
        for face in record.faces
        if face.value and (face.value != issuer or face.code != ISSUER)
    ]


def boxed(record: Record, all_rows: list[Row]) -> list[Row]:
    """What may stand in boxes: the rows and the statement."""
    return [*all_rows, Row("", record.statement, STATEMENT)]


def label_width(all_rows: Sequence[Row], size: float) -> float:
    """How wide the widest label is, ten ems at most: a longer one is broken."""
    small = typesetting.label(size)
    return min(max(measure(row.label, small, bold=True) for row in all_rows), small * 10.5)


def qr_code(pen: Pen, x: float, y: float, size: float, text: str) -> None:
    """A QR code, lower left corner at (x, y), *size* points wide without its quiet zone."""
    lines = qr.modules(text)
    module = size / len(lines)
    canvas = pen.canvas
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    quiet = 4 * module
    canvas.rect(x - quiet, y - quiet, size + 2 * quiet, size + 2 * quiet, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    path = canvas.beginPath()
    for row, runs in enumerate(lines):
        for start, end in runs:
            left, foot = x + start * module, y + size - (row + 1) * module
            path.rect(left, foot, (end - start) * module, module)
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
    pen.text(left, top - 48, f"证照标识　{record.identifier}", 6.5, colour=GREY)


def seal_place(pen: Pen, record: Record, usual: Place) -> Place:
    """Where the template puts the seal; *usual* is the layout's own place for it."""
    if (told := record.template.seal) is None:
        return usual
    return told.x / MM, pen.height - told.y / MM, told.diameter / MM / 2


def signature(pen: Pen, record: Record, place: Place, *, size: float) -> None:
    """The seal at *place*, department and date left of it, their end under it (骑年盖月)."""
    name, (x, y, radius) = record.issuer.name, place
    size = min(size, _ROOM / max(1, len(name)))
    middle = x - radius * 0.45 - max(measure(name, size, bold=True), size * 9) / 2
    stamp(pen, x, y, name, MARK, radius=radius, note="示范" if pen.demo else "")
    pen.text(middle, y + size * 0.7, name, size, bold=True, align=0.5)
    pen.text(middle, y - size * 1.3, issue_date(record), size, align=0.5)


def footer(pen: Pen, y: float) -> None:
    """What a demonstration has to say about itself."""
    if pen.demo:
        pen.text(pen.width / 2, y, NOTICE, 7, colour=GREY, align=0.5)


def labelled(
    pen: Pen, x: float, y: float, row: Row, *, size: float, label: float, width: float
) -> float:
    """*row* at baseline *y*, its value from x + *label*, at most *width* wide; lines used."""
    small = typesetting.label(size)
    names = wrapped(row.label, small, label - 8)
    for number, line in enumerate(names):
        lower = number * small * typesetting.NAME_LEADING
        pen.text(x, y - lower, line, small, colour=pen.colour, bold=True)
    values = wrapped(row.value, size, width)
    for number, line in enumerate(values):
        pen.text(x + label, y - number * size * typesetting.LEADING, line, size)
    return max(len(values), named_lines(row, size, label))


def named_lines(row: Row, size: float, label: float) -> float:
    """How many lines of a value the name of *row* takes, *label* wide with the room beside it."""
    small = typesetting.label(size)
    names = len(wrapped(row.label, small, label - 8))
    return names * small * typesetting.NAME_LEADING / (size * typesetting.LEADING)
