"""The pen (排印): sets Chinese text on a canvas; text is drawn, never read as markup."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from servicehall.printing.fonts import BOLD, REGULAR

MM = 25.4 / 72  # millimetres in a point
INK = HexColor("#1d1d1f")
GREY = HexColor("#6b6b70")
_NOT_FIRST = set("，。、；：！？）》」』】”’％%,.;:!?)]}·…—")
_NOT_LAST = set("（《「『【“‘([{")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a seal belongs on the page, its middle and radius in points, and what stands in it."""

    x: float
    y: float
    radius: float
    name: str
    mark: str
    note: str


class Pen:
    """A canvas, the colour of the type (版式), the page's size in points, and whether it is real.

    Stamps are drawn; with a list of *stamps* they are noted there instead, and put on afterwards.
    """

    def __init__(
        self, canvas: Any, colour: str, size: tuple[float, float], *, demo: bool = True,
        stamps: list[Stamp] | None = None,
    ) -> None:  # fmt: skip
        self.canvas, self.colour, self.demo = canvas, HexColor(colour), demo
        self.stamps = stamps
        self.width, self.height = size

    def tint(self, part: float) -> Color:
        """The type's colour mixed with white; *part* 1 is the colour itself."""
        c = self.colour
        return Color(*(1 - part * (1 - v) for v in (c.red, c.green, c.blue)))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: Color = INK,
        align: float = 0,
        spacing: float = 0,
    ) -> None:
        """One line from *x*; *align* 0.5 centres it there, 1 ends it there."""
        canvas = self.canvas
        whole = measure(text, size, bold=bold) + spacing * max(0, len(text) - 1)
        line = canvas.beginText(x - align * whole, y)
        line.setFont(BOLD if bold else REGULAR, size)
        line.setFillColor(colour)
        line.setCharSpace(spacing)
        line.textOut(text)
        canvas.drawText(line)

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, *, width: float, part: float
    ) -> None:
        """A straight line in the type's colour at strength *part*."""
        self.canvas.setStrokeColor(self.tint(part))
        self.canvas.setLineWidth(width)
        self.canvas.line(x1, y1, x2, y2)

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        width: float,
        leading: float = 1.6,
        indent: int = 0,
        colour: Color = INK,
    ) -> float:
        """Lines from baseline *y* downward, the first indented by *indent* ems; the next y."""
        for number, line in enumerate(wrapped("　" * indent + text, size, width)):
            self.text(x, y - number * size * leading, line, size, colour=colour)
        return y - len(wrapped("　" * indent + text, size, width)) * size * leading


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """How wide *text* is, in points."""
    return float(stringWidth(text, BOLD if bold else REGULAR, size))


def wrapped(text: str, size: float, width: float) -> list[str]:
    """*text* in lines no wider than *width*: closing marks never begin a line (GB/T 15834)."""
    if ems(text) * size <= width:  # as nearly all texts are
        return [text]
    lines, line, used = [], "", 0.0
    for char in text:
        wide = _em(char) * size
        if line and used + wide > width:
            line, carried = _broken(line, char)
            lines.append(line)
            line, used = carried, ems(carried) * size
        line, used = line + char, used + wide
    return [*lines, line] if line else lines or [""]


def ems(text: str) -> float:
    """How wide *text* is, in ems."""
    return sum(map(_em, text))


@lru_cache(maxsize=20_000)
def _em(char: str) -> float:
    """How wide *char* is, in ems: every face of a batch is measured before anything is signed."""
    return measure(char, 1)


def _broken(line: str, char: str) -> tuple[str, str]:
    """Where *line* ends so that *char* may follow on the next: (what stays, what is carried)."""
    cut = len(line)
    following = char
    while cut > 1 and len(line) - cut < 24 and _inseparable(line[cut - 1], following):
        cut -= 1
        following = line[cut]
    if cut <= 1 or len(line) - cut >= 24:
        return line, ""
    return line[:cut].rstrip(" "), line[cut:]


def _inseparable(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST:
        return True
    return _is_word(before) and _is_word(after)


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
