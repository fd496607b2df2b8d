"""Ornament (底纹): guilloche borders, rosettes and the watermark, all of them vectors."""

from collections.abc import Callable
from functools import partial
from math import cos, pi, sin

from reportlab.lib.colors import Color, HexColor

from servicehall.printing.fonts import BOLD
from servicehall.printing.pen import Pen

Curve = Callable[[float], tuple[float, float]]


def colour(named: str | None) -> Color:
    """The paper that a template names; white where it names none."""
    return HexColor(named or "#ffffff")


def paper(pen: Pen, margin: float, named: str | None) -> None:
    """The sheet within *margin* in the colour of its paper."""
    if named:
        pen.canvas.setFillColor(colour(named))
        size = (pen.width - 2 * margin, pen.height - 2 * margin)
        pen.canvas.rect(margin, margin, *size, stroke=0, fill=1)


def border(pen: Pen, margin: float, *, band: float = 20) -> None:
    """A frame of interlaced waves between two lines, a rosette at each corner."""
    middle = band / 2 + 1.5
    long, high = (side - 2 * margin - 2 * middle for side in (pen.width, pen.height))
    swing, corner = band / 2 - 3.2, (-band, -band, band, band)
    braids = {
        length: _kept(
            pen, f"braid{length:.0f}-{band}", (-2.0, -band, length + 2, band),
            partial(_braid, pen, length, swing),
        )
        for length in (long, high)
    }  # fmt: skip
    rose = _kept(pen, f"corner{band}", corner, partial(_corner, pen, band * 0.72))
    near, right, top = margin + middle, margin + middle + long, margin + middle + high

    def frame() -> None:
        _lines(pen, margin, band)
        for x, y, length, turn in (
            (near, near, long, 0), (near, top, long, 0), (near, near, high, 90),
            (right, near, high, 90),
        ):  # fmt: skip
            _placed(pen, braids[length], x, y, turn)
        for x in (near, right):
            for y in (near, top):
                _placed(pen, rose, x, y)

    whole = (0, 0, pen.width, pen.height)
    _once(pen, f"border{pen.width:.0f}-{pen.height:.0f}-{margin}-{band}", whole, frame)


def _lines(pen: Pen, margin: float, band: float) -> None:
    canvas, width, height = pen.canvas, pen.width - 2 * margin, pen.height - 2 * margin
    for inset, line, part in ((0, 1.6, 1.0), (3, 0.4, 0.6), (band, 0.4, 0.6), (band + 3, 0.9, 0.9)):
        canvas.setStrokeColor(pen.tint(part))
        canvas.setLineWidth(line)
        canvas.rect(margin + inset, margin + inset, width - 2 * inset, height - 2 * inset)


def _placed(pen: Pen, form: str, x: float, y: float, turn: float = 0) -> None:
    pen.canvas.saveState()
    pen.canvas.translate(x, y)
    pen.canvas.rotate(turn)
    pen.canvas.doForm(form)
    pen.canvas.restoreState()


def rosette(pen: Pen, x: float, y: float, radius: float, *, part: float, petals: int = 12) -> None:
    """Turning curves round a point, as on banknotes; *part* is their strength."""
    canvas, box = pen.canvas, (-radius - 2, -radius - 2, radius + 2, radius + 2)
    canvas.saveState()
    canvas.translate(x, y)
    _once(
        pen, f"rosette{radius:.2f}-{petals}-{part}", box, partial(_rose, pen, radius, part, petals)
    )
    canvas.restoreState()


def _rose(pen: Pen, radius: float, part: float, petals: int) -> None:
    pen.canvas.setStrokeColor(pen.tint(part))
    pen.canvas.setLineWidth(0.35)
    for turn in range(6):
        shift, deep = turn * pi / (3 * petals), 0.30 - turn * 0.035

        def curve(t: float, shift: float = shift, deep: float = deep) -> tuple[float, float]:
            angle = 2 * pi * t
            r = radius * (0.68 + deep * sin(petals * (angle + shift)))
            return r * cos(angle), r * sin(angle)

        _draw(pen, curve, petals * 8)


def ground(pen: Pen, box: tuple[float, float, float, float], *, part: float = 0.07) -> None:
    """A field of fine waves inside *box* (left, bottom, width, height)."""
    left, bottom, width, height = box
    canvas = pen.canvas
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(left, bottom, width, height)
    canvas.clipPath(clip, stroke=0, fill=0)
    wave = width / 9

    def curve(t: float) -> tuple[float, float]:
        return (width + wave) * t, 6 * sin(20 * pi * t) + 3 * sin(9 * pi * t)

    def line() -> None:
        canvas.setStrokeColor(pen.tint(part))
        canvas.setLineWidth(0.4)
        _draw(pen, curve, 80)

    def field() -> None:
        for number in range(int(height / 7) + 4):
            _placed(pen, one, -wave * (number * 0.056 % 1), 7 * (number - 2))

    one = _kept(pen, f"wave{width:.0f}-{part}", (-2, -12, width + wave + 2, 12), line)
    canvas.translate(left, bottom)
    whole = (-wave - 2, -30, width + wave + 2, height + 30)
    _once(pen, f"ground{width:.0f}-{height:.0f}-{part}", whole, field)
    canvas.restoreState()


def watermark(pen: Pen, text: str) -> None:
    """*text* large and pale across the page, many times; on demonstrations only."""
    if not pen.demo:
        return
    canvas = pen.canvas
    canvas.saveState()
    canvas.setFillColor(pen.tint(0.085))
    canvas.setFont(BOLD, 54)
    for row in range(3):
        for column in range(3):
            canvas.saveState()
            canvas.translate(pen.width * (column + 0.5) / 3, pen.height * (row + 0.5) / 3)
            canvas.rotate(28)
            canvas.drawCentredString(0, -18, text)
            canvas.restoreState()
    canvas.restoreState()


def _braid(pen: Pen, length: float, swing: float) -> None:
    """Waves along the x axis: whole periods, so that every corner is met alike."""
    waves = round(length / 26)
    for number in range(6):
        phase, part = number * pi / 3, 0.85 if number % 2 else 0.55
        pen.canvas.setStrokeColor(pen.tint(part))
        pen.canvas.setLineWidth(0.38)

        def curve(t: float, phase: float = phase) -> tuple[float, float]:
            return length * t, swing * sin(2 * pi * waves * t + phase) * cos(pi * waves * t / 2)

        _draw(pen, curve, waves * 6)


def _corner(pen: Pen, radius: float) -> None:
    pen.canvas.setFillColorRGB(1, 1, 1)
    pen.canvas.setStrokeColor(pen.tint(1))
    pen.canvas.setLineWidth(0.9)
    pen.canvas.circle(0, 0, radius, fill=1)
    _rose(pen, radius * 0.98, 0.85, 8)
    pen.canvas.setFillColor(pen.tint(1))
    pen.canvas.circle(0, 0, radius * 0.16, stroke=0, fill=1)


def _once(
    pen: Pen, name: str, box: tuple[float, float, float, float], drawing: Callable[[], None]
) -> None:
    """Show the form *name*, drawn when it is first asked for; *box* holds all of it.

    The name says everything that the drawing depends on: a canvas may keep it for other documents.
    """
    pen.canvas.doForm(_kept(pen, name, box, drawing))


def _kept(
    pen: Pen, name: str, box: tuple[float, float, float, float], drawing: Callable[[], None]
) -> str:
    """What the form *name* is called on this canvas, which has it now."""
    name = f"{name}-{pen.colour.hexval()}"
    if not pen.canvas.hasForm(name):
        pen.canvas.beginForm(name, *box)
        drawing()
        pen.canvas.endForm()
    return name


def _draw(pen: Pen, curve: Curve, steps: int) -> None:
    """The curve for t from 0 to 1 as cubic pieces through *steps* points (Catmull-Rom)."""
    points = [curve(n / steps) for n in range(-1, steps + 2)]
    path = pen.canvas.beginPath()
    path.moveTo(*_short(*points[1]))
    for (x0, y0), (x1, y1), (x2, y2), (x3, y3) in zip(
        points, points[1:], points[2:], points[3:], strict=False
    ):
        first = _short(x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6)
        path.curveTo(*first, *_short(x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6), *_short(x2, y2))
    pen.canvas.drawPath(path)


def _short(x: float, y: float) -> tuple[float, float]:
    """A hundredth of a point is finer than any printer."""
    return round(x, 2), round(y, 2)
