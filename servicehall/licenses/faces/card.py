"""Layout card (卡片): front and back of a card of ID-1 proportions, to be cut out and folded."""

from servicehall.licenses.faces.sheet import checking, footer, labelled, qr_code, rows, signature
from servicehall.licenses.faces.wording import spaced_code
from servicehall.licenses.record import Record
from servicehall.printing import ornament
from servicehall.printing.pen import GREY, INK, Pen, measure, wrapped

_WIDTH, _HEIGHT = 442.0, 278.7  # ID-1, 85.60 by 53.98 mm (ISO/IEC 7810), enlarged 1.82 times


def draw(pen: Pen, record: Record, address: str) -> None:
    """Front above, back below, how to verify underneath."""
    ornament.watermark(pen, "演示")
    x = (pen.width - _WIDTH) / 2
    front, back = pen.height - 56 - _HEIGHT, pen.height - 76 - 2 * _HEIGHT
    for y in (front, back):
        _card(pen, x, y)
    _front(pen, record, x, front)
    _back(pen, record, x, back, address)
    checking(pen, x, 52, record, address, size=66)
    footer(pen, 28)


def _card(pen: Pen, x: float, y: float) -> None:
    """A rounded card with a fine ground and a coloured band on top."""
    canvas = pen.canvas
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setStrokeColor(pen.tint(0.8))
    canvas.setLineWidth(0.8)
    canvas.roundRect(x, y, _WIDTH, _HEIGHT, 14, fill=1)
    clip = canvas.beginPath()
    clip.roundRect(x, y, _WIDTH, _HEIGHT, 14)
    canvas.clipPath(clip, stroke=0, fill=0)
    ornament.ground(pen, (x, y, _WIDTH, _HEIGHT), part=0.10)
    ornament.rosette(pen, x + _WIDTH - 70, y + 70, 120, part=0.16, petals=16)
    canvas.restoreState()


def _front(pen: Pen, record: Record, x: float, y: float) -> None:
    canvas, name = pen.canvas, record.type.name
    canvas.saveState()
    clip = canvas.beginPath()
    clip.roundRect(x, y, _WIDTH, _HEIGHT, 14)
    canvas.clipPath(clip, stroke=0, fill=0)
    canvas.setFillColor(pen.colour)
    canvas.rect(x, y + _HEIGHT - 52, _WIDTH, 52, stroke=0, fill=1)
    canvas.restoreState()
    size = min(25.0, (_WIDTH - 60) / (len(name) * 1.2))
    white = pen.tint(0)
    pen.text(
        x + _WIDTH / 2,
        y + _HEIGHT - 35,
        name,
        size,
        bold=True,
        colour=white,
        align=0.5,
        spacing=size * 0.18,
    )
    _fields(pen, record, x + 30, y + _HEIGHT - 82, _WIDTH - 60, _HEIGHT - 122)
    pen.text(x + 30, y + 17, f"编号　{record.number}", 8.5, colour=GREY)
    pen.text(x + _WIDTH - 30, y + 17, record.issuer.name, 8.5, colour=GREY, align=1)


def _fields(pen: Pen, record: Record, x: float, top: float, width: float, room: float) -> None:
    """All rows in one column, in the largest type that leaves room."""
    all_rows, size = rows(record), 14.0
    while size > 4:
        label = min(max(measure(r.label, size * 0.86, bold=True) for r in all_rows), size * 8) + 14
        lines = [len(wrapped(r.value, size, width - label)) for r in all_rows]
        if sum(size * (1.45 * n + 0.42) for n in lines) <= room:
            break
        size -= 0.25
    for row in all_rows:
        used = labelled(pen, x, top, row, size=size, label=label, width=width - label)
        top -= size * (1.45 * used + 0.42)


def _back(pen: Pen, record: Record, x: float, y: float, address: str) -> None:
    left, width = x + 30, _WIDTH - 60
    pen.text(left, y + _HEIGHT - 40, record.type.name, 14, bold=True, colour=pen.colour)
    pen.rule(left, y + _HEIGHT - 50, x + _WIDTH - 30, y + _HEIGHT - 50, width=0.8, part=0.8)
    pen.paragraph(left, y + _HEIGHT - 76, record.statement, 11.5, width=width, colour=INK)
    qr_code(pen, left + 6, y + 44, 84, f"{address}/verify/{record.code}")
    pen.text(left + 48, y + 20, spaced_code(record.code), 9, bold=True, align=0.5)
    signature(pen, x + _WIDTH - 26, y + 92, record, radius=50, size=12)
