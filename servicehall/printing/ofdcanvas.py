"""The OFD canvas (OFD 画布): takes the calls of reportlab's canvas that the hall's drawings use.

So one drawing makes both faces. What was drawn is kept as objects with the matrix they were drawn
under; ``ofdxml`` writes them.
"""

from dataclasses import replace
from math import cos, pi, sin
from pathlib import Path as File

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth

from servicehall.printing import outline
from servicehall.printing.ofdpath import Drawn, Line, Matrix, Path, State, placed, times


class OfdCanvas:
    """A page; ``objects`` is what was drawn on it, ``used`` the characters of each font."""

    def __init__(self, folder: File) -> None:
        self._folder = folder
        self.objects: list[Drawn] = []
        self._state, self._kept = State(), list[State]()
        self._forms: dict[str, list[Drawn]] = {}
        self._outside: list[Drawn] = []
        self._forming = ""

    @property
    def used(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one in self.objects:
            if one.text:
                found.setdefault(one.state.font, set()).update(one.text)
        return found

    def saveState(self) -> None:  # noqa: N802
        self._kept.append(self._state)

    def restoreState(self) -> None:  # noqa: N802
        self._state = self._kept.pop()

    def translate(self, x: float, y: float) -> None:
        self._turned((1, 0, 0, 1, x, y))

    def scale(self, x: float, y: float) -> None:
        self._turned((x, 0, 0, y, 0, 0))

    def rotate(self, degrees: float) -> None:
        turn = degrees * pi / 180
        self._turned((cos(turn), sin(turn), -sin(turn), cos(turn), 0, 0))

    def setFillColor(self, colour: Color) -> None:  # noqa: N802
        self._state = replace(self._state, fill=colour)

    def setFillColorRGB(self, r: float, g: float, b: float) -> None:  # noqa: N802
        self.setFillColor(Color(r, g, b))

    def setStrokeColor(self, colour: Color) -> None:  # noqa: N802
        self._state = replace(self._state, stroke=colour)

    def setFillAlpha(self, alpha: float) -> None:  # noqa: N802
        self._state = replace(self._state, fill_alpha=alpha)

    def setStrokeAlpha(self, alpha: float) -> None:  # noqa: N802
        self._state = replace(self._state, stroke_alpha=alpha)

    def setLineWidth(self, width: float) -> None:  # noqa: N802
        self._state = replace(self._state, width=width)

    def setFont(self, font: str, size: float) -> None:  # noqa: N802
        self._state = replace(self._state, font=font, size=size)

    def beginPath(self) -> Path:  # noqa: N802
        return Path()

    def drawPath(self, path: Path, stroke: int = 1, fill: int = 0) -> None:  # noqa: N802
        self.objects.append(
            Drawn(self._state, tuple(path.parts), stroked=bool(stroke), filled=bool(fill))
        )

    def clipPath(self, path: Path, stroke: int = 1, fill: int = 0) -> None:  # noqa: N802
        self._state = replace(self._state, clip=placed(path.parts, self._state.matrix))

    def rect(self, x: float, y: float, w: float, h: float, stroke: int = 1, fill: int = 0) -> None:
        path = Path()
        path.rect(x, y, w, h)
        self.drawPath(path, stroke, fill)

    def roundRect(self, *box: float, stroke: int = 1, fill: int = 0) -> None:  # noqa: N802
        path = Path()
        path.roundRect(*box)
        self.drawPath(path, stroke, fill)

    def circle(self, x: float, y: float, r: float, stroke: int = 1, fill: int = 0) -> None:
        path = Path()
        path.circle(x, y, r)
        self.drawPath(path, stroke, fill)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        path = Path()
        path.moveTo(x1, y1)
        path.lineTo(x2, y2)
        self.drawPath(path)

    def beginText(self, x: float, y: float) -> Line:  # noqa: N802
        return Line(x, y)

    def drawText(self, line: Line) -> None:  # noqa: N802
        self._text(line.text, line.x, line.y, line.font, line.size, line.colour, line.space)

    def drawCentredString(self, x: float, y: float, text: str) -> None:  # noqa: N802
        state = self._state
        left = x - stringWidth(text, state.font, state.size) / 2
        self._text(text, left, y, state.font, state.size, state.fill, 0)

    def beginForm(self, name: str, *box: float) -> None:  # noqa: N802
        self.saveState()
        self._outside, self.objects, self._forming = self.objects, [], name
        self._state = State()

    def endForm(self) -> None:  # noqa: N802
        self._forms[self._forming] = self.objects
        self.objects = self._outside
        self.restoreState()

    def hasForm(self, name: str) -> bool:  # noqa: N802
        return name in self._forms

    def doForm(self, name: str) -> None:  # noqa: N802
        here = self._state
        for one in self._forms[name]:
            matrix = times(one.state.matrix, here.matrix)
            placed = replace(one.state, matrix=matrix, clip=here.clip)
            self.objects.append(replace(one, state=placed))

    def _turned(self, matrix: Matrix) -> None:
        self._state = replace(self._state, matrix=times(matrix, self._state.matrix))

    def _text(
        self, text: str, x: float, y: float, font: str, size: float, colour: Color, space: float
    ) -> None:
        """One object for each run of characters of the BMP, and for each one beyond it. Many
        readers take such a one for two halves: it is drawn as its outline, and stands there as
        text that is not seen, to be searched for and copied."""
        for start, run in _runs(text):
            left = x + stringWidth(text[:start], font, size) + space * start
            matrix = times((1, 0, 0, 1, left, y), self._state.matrix)
            state = replace(self._state, matrix=matrix, font=font, size=size, fill=colour)
            if ord(run[0]) > 0xFFFF:
                state = self._outlined(run, state)
            advances = tuple(stringWidth(one, font, size) + space for one in run)
            self.objects.append(Drawn(state, text=run, advances=advances))

    def _outlined(self, char: str, state: State) -> State:
        """Draw the outline of *char*; the state of the text beneath it."""
        path, em = outline.of(self._folder, state.font, char)
        part = state.size / em
        matrix = times((part, 0, 0, part, 0, 0), state.matrix)
        shape = replace(state, matrix=matrix)
        self.objects.append(Drawn(shape, tuple(path.parts), filled=True))
        return replace(state, fill_alpha=0)


def _runs(text: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for place, char in enumerate(text):
        plain = ord(char) < 0x10000
        if found and plain and ord(found[-1][1][-1]) < 0x10000:
            found[-1] = (found[-1][0], found[-1][1] + char)
        else:
            found.append((place, char))
    return found
