"""What a drawing put on the page: each text with its place and size, read from the OFD canvas."""

from dataclasses import dataclass
from math import hypot

from servicehall.licenses import rendering
from servicehall.printing import fonts
from servicehall.printing.ofdcanvas import OfdCanvas
from servicehall.printing.pen import Pen
from tests.licenses.conftest import FONTS

fonts.load(FONTS)


@dataclass(frozen=True, slots=True)
class Said:
    """A line of text: its left end, its baseline, its width and size, in points."""

    text: str
    x: float
    y: float
    width: float
    size: float

    def covers(self, other: "Said") -> bool:
        """Whether the two lie on one another by more than a hair."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        up = min(self.y + 0.7 * self.size, other.y + 0.7 * other.size) - max(self.y, other.y)
        return across > 0.5 and up > 0.5


def page(record):
    """The upright texts of the face of *record*, without seal and watermark."""
    canvas = OfdCanvas(FONTS)
    size = rendering.size(record.template)
    pen = Pen(canvas, record.template.colour, size, stamps=[])
    rendering.page(pen, record, "http://hall.example")
    return [_said(one) for one in canvas.objects if one.text and one.state.matrix[1] == 0]


def _said(one):
    a, b, _, _, x, y = one.state.matrix
    scale = hypot(a, b)
    return Said(one.text, x, y, sum(one.advances) * scale, one.state.size * scale)
