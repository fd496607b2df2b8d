"""The frame (边框与题头): paper, border, title, seal and check of a sheet; what is between is the layout's."""

from servicehall.licenses.faces.sheet import checking, footer, seal_place, signature
from servicehall.licenses.record import Record
from servicehall.printing import ornament
from servicehall.printing.pen import GREY, INK, Pen

MARGIN, PAD = 26, 34
INNER = MARGIN + 26
_WIDE = 700  # points from which a page has room for seal and check side by side


def room(title: str, page: tuple[float, float]) -> tuple[float, float, float, float]:
    """Left, width, top and foot of what a layout may fill under *title*, in points."""
    width, height = page
    foot = INNER + (118 if width > _WIDE else 212)
    size = _title_size(title, width)
    return INNER + PAD, width - 2 * (INNER + PAD), height - INNER - size - 96, foot


def draw(pen: Pen, record: Record, address: str) -> None:
    """Everything of the sheet but its fields."""
    box = (INNER, INNER, pen.width - 2 * INNER, pen.height - 2 * INNER)
    ornament.paper(pen, MARGIN, record.template.paper)
    ornament.ground(pen, box)
    ornament.rosette(pen, pen.width / 2, pen.height * 0.47, 150, part=0.10, petals=18)
    ornament.watermark(pen, "演示")
    ornament.border(pen, MARGIN)
    _title(pen, record, pen.height - INNER)
    checking(pen, INNER + PAD, INNER + 26, record, address, size=74)
    x, y = pen.width - INNER - PAD + 6, INNER + (76 if pen.width > _WIDE else 168)
    signature(pen, record, seal_place(pen, record, (x - 54, y - 9, 54)), size=13)
    footer(pen, INNER + 7)


def _title_size(title: str, width: float) -> float:
    return min(40.0, (width - 190) / (len(title) * 1.25))


def _title(pen: Pen, record: Record, top: float) -> None:
    """The name of the license in large type and its number."""
    size = _title_size(record.type.name, pen.width)
    middle, y = pen.width / 2, top - 30 - size
    colour = INK if record.template.paper else pen.colour
    pen.text(
        middle, y, record.type.name, size, bold=True, colour=colour, align=0.5, spacing=size / 4
    )
    half = pen.width * 0.24
    for shift, line in ((0.0, 1.1), (3.0, 0.4)):
        pen.rule(middle - half, y - 16 - shift, middle + half, y - 16 - shift, width=line, part=0.8)
    pen.text(middle, y - 34, f"编号　{record.number}", 10, colour=GREY, align=0.5)
