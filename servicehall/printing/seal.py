"""The seal (印章): the red round mark of a fictional department, drawn in vectors."""

from math import cos, pi, sin
from typing import Any

from reportlab.lib.colors import Color

from servicehall.printing.fonts import BOLD
from servicehall.printing.pen import Pen, Stamp, measure

RED = Color(0.82, 0.07, 0.09)


def stamp(
    pen: Pen, x: float, y: float, name: str, mark: str, *, radius: float = 58, note: str = ""
) -> None:
    """A seal round (x, y): *name* along the upper arc, a star, its *mark* (用途), *note* below.

    A picture only: what proves the department is the signature.
    """
    if pen.stamps is not None:
        pen.stamps.append(Stamp(x, y, radius, name, mark, note))
        return
    canvas = pen.canvas
    canvas.saveState()
    canvas.translate(x, y)
    canvas.setFillAlpha(0.86)
    canvas.setStrokeAlpha(0.86)
    canvas.setStrokeColor(RED)
    canvas.setFillColor(RED)
    canvas.setLineWidth(radius * 0.052)
    canvas.circle(0, 0, radius, fill=0)
    canvas.setLineWidth(radius * 0.012)
    canvas.circle(0, 0, radius * 0.93, fill=0)
    _star(canvas, radius * 0.27)
    _arc(canvas, name, radius)
    _line(canvas, mark, -radius * 0.55, radius * 0.145, radius * 1.04)
    if note:
        _line(canvas, note, -radius * 0.75, radius * 0.125, radius * 0.9)
    canvas.restoreState()


def _star(canvas: Any, radius: float) -> None:
    inner = radius * sin(pi / 10) / sin(7 * pi / 10)
    path = canvas.beginPath()
    for corner in range(10):
        r, angle = (inner if corner % 2 else radius), pi / 2 + corner * pi / 5
        (path.lineTo if corner else path.moveTo)(r * cos(angle), r * sin(angle))
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _arc(canvas: Any, name: str, radius: float) -> None:
    """The name clockwise over at most 220 degrees; a long one gets narrower, as on real seals."""
    size = radius * (0.27 if len(name) <= 10 else 0.235)
    foot = radius * 0.885 - size
    step = min(size * 1.3 / foot, 220 / 180 * pi / max(1, len(name) - 1))
    narrow = min(1.0, step * (foot + size / 2) / (size * 1.04))
    canvas.setFont(BOLD, size)
    for place, char in enumerate(name):
        canvas.saveState()
        canvas.rotate(((len(name) - 1) / 2 - place) * step * 180 / pi)
        canvas.translate(0, foot)
        canvas.scale(narrow, 1)
        canvas.drawCentredString(0, size * 0.1, char)
        canvas.restoreState()


def _line(canvas: Any, text: str, y: float, size: float, width: float) -> None:
    """A straight line of text, at most *width* wide."""
    canvas.saveState()
    canvas.setFont(BOLD, size)
    canvas.translate(0, y)
    canvas.scale(min(1.0, width / measure(text, size, bold=True)), 1)
    canvas.drawCentredString(0, 0, text)
    canvas.restoreState()
