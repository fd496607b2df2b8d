"""Outlines (字形轮廓): one character as a path, for readers that cannot show it as text."""

from functools import cache
from pathlib import Path as File
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from servicehall.printing.ofdpath import Path


@cache
def of(folder: File, font: str, char: str) -> tuple[Path, float]:
    """(the outline of *char*, how many of its units make one em)."""
    with TTFont(folder / f"{font}.ttf", lazy=True) as file:
        name = file.getBestCmap()[ord(char)]
        pen = _Tracer(file.getGlyphSet())
        file.getGlyphSet()[name].draw(pen)
        return pen.path, float(file["head"].unitsPerEm)


class _Tracer(BasePen):  # type: ignore[misc]
    """Writes what fontTools draws into a path; its quadratic curves become cubic ones."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.path = Path()

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self.path.moveTo(*point)

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.path.lineTo(*point)

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self.path.curveTo(*(one for point in points for one in point))

    def _closePath(self) -> None:  # noqa: N802
        self.path.close()
