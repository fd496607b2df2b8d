"""Paths and matrices (路径和变换): what an OFD canvas is given to draw, before it is written."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, pi, sin

from reportlab.lib.colors import Color

Matrix = tuple[float, float, float, float, float, float]
Part = tuple[str, tuple[float, ...]]  # an operator of AbbreviatedData (M L B C), its coordinates
_ROUND = 0.5523  # a quarter of a circle as a cubic curve
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does *first*, then *then*."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


class Path:
    """A path in the making, as reportlab's."""

    def __init__(self) -> None:
        self.parts: list[Part] = []

    def moveTo(self, x: float, y: float) -> None:  # noqa: N802 - reportlab's name
        self.parts.append(("M", (x, y)))

    def lineTo(self, x: float, y: float) -> None:  # noqa: N802
        self.parts.append(("L", (x, y)))

    def curveTo(self, *points: float) -> None:  # noqa: N802
        self.parts.append(("B", points))

    def close(self) -> None:
        self.parts.append(("C", ()))

    def rect(self, x: float, y: float, width: float, height: float) -> None:
        self.moveTo(x, y)
        for corner in ((x + width, y), (x + width, y + height), (x, y + height)):
            self.lineTo(*corner)
        self.close()

    def roundRect(self, x: float, y: float, w: float, h: float, r: float) -> None:  # noqa: N802
        t = r * (1 - _ROUND)
        self.moveTo(x + r, y)
        self.lineTo(x + w - r, y)
        self.curveTo(x + w - t, y, x + w, y + t, x + w, y + r)
        self.lineTo(x + w, y + h - r)
        self.curveTo(x + w, y + h - t, x + w - t, y + h, x + w - r, y + h)
        self.lineTo(x + r, y + h)
        self.curveTo(x + t, y + h, x, y + h - t, x, y + h - r)
        self.lineTo(x, y + r)
        self.curveTo(x, y + t, x + t, y, x + r, y)
        self.close()

    def circle(self, x: float, y: float, r: float) -> None:
        turns = [(cos(n * pi / 2), sin(n * pi / 2)) for n in range(5)]
        self.moveTo(x + r, y)
        for (a, b), (c, d) in itertools.pairwise(turns):
            t = r * _ROUND
            self.curveTo(
                x + r * a - t * b, y + r * b + t * a, x + r * c + t * d, y + r * d - t * c,
                x + r * c, y + r * d,
            )  # fmt: skip
        self.close()


class Line:
    """A line of text in the making, as reportlab's text object."""

    def __init__(self, x: float, y: float) -> None:
        self.x, self.y, self.text, self.space = x, y, "", 0.0
        self.font, self.size, self.colour = "", 0.0, Color(0, 0, 0)

    def setFont(self, font: str, size: float) -> None:  # noqa: N802
        self.font, self.size = font, size

    def setFillColor(self, colour: Color) -> None:  # noqa: N802
        self.colour = colour

    def setCharSpace(self, space: float) -> None:  # noqa: N802
        self.space = space

    def textOut(self, text: str) -> None:  # noqa: N802
        self.text += text


@dataclass(frozen=True)
class State:
    """What saveState keeps: matrix, colours, line width, alphas, font, and what is cut away."""

    matrix: Matrix = _SAME
    fill: Color = field(default_factory=lambda: Color(0, 0, 0))
    stroke: Color = field(default_factory=lambda: Color(0, 0, 0))
    width: float = 1.0
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    font: str = ""
    size: float = 0.0
    clip: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """One object: its state when it was drawn, and a path or a text (with each glyph's advance)."""

    state: State
    parts: tuple[Part, ...] = ()
    stroked: bool = False
    filled: bool = False
    text: str = ""
    advances: tuple[float, ...] = ()


def placed(parts: Sequence[Part], matrix: Matrix) -> tuple[Part, ...]:
    """The coordinates of *parts* after *matrix*."""
    a, b, c, d, e, f = matrix

    def at(points: tuple[float, ...]) -> tuple[float, ...]:
        pairs = zip(points[::2], points[1::2], strict=True)
        return tuple(v for x, y in pairs for v in (a * x + c * y + e, b * x + d * y + f))

    return tuple((operator, at(points)) for operator, points in parts)
