"""Annotation (加注): what a copy says over the face of its license: only for this, until then."""

from collections.abc import Callable

from servicehall.kernel.clock import local
from servicehall.licenses.faces.sheet import qr_code
from servicehall.licenses.faces.wording import spaced_code
from servicehall.printing.dates import numeric_date
from servicehall.printing.fonts import BOLD
from servicehall.printing.pen import GREY, Pen, wrapped
from servicehall.printing.seal import RED
from servicehall.showing.copyrecord import CopyRecord

_TURN, _LEAST = 24, 9.0  # degrees; points


def over(copy: CopyRecord, address: str) -> Callable[[Pen], None]:
    """Draws the annotation of *copy*: words across the sheet, and a box with its own code."""

    def draw(pen: Pen) -> None:
        _across(pen, f"加注件　仅供 {copy.receiver} 用于 {copy.purpose}")
        _box(pen, copy, f"{address}/verify/{copy.code}")

    return draw


def _across(pen: Pen, words: str) -> None:
    """The words pale and slanted, so often that no part of the sheet can do without them."""
    canvas = pen.canvas
    size = max(_LEAST, min(15.0, pen.width * 1.05 / max(1, len(words))))
    lines = wrapped(words, size, pen.width * 1.05)
    canvas.saveState()
    canvas.setFillColor(RED)
    canvas.setFillAlpha(0.20)
    canvas.setFont(BOLD, size)
    step = pen.height / 5
    for row in range(5):
        canvas.saveState()
        canvas.translate(pen.width / 2, step * (row + 0.5))
        canvas.rotate(_TURN)
        for number, line in enumerate(lines):
            canvas.drawCentredString(0, -number * size * 1.5, line)
        canvas.restoreState()
    canvas.restoreState()


def _box(pen: Pen, copy: CopyRecord, link: str) -> None:
    """Top right: purpose, receiver, last day, code; lines are as many as the words need."""
    width, size, code = 196.0, 7.5, 44.0
    lines = [line for text in _said(copy) for line in wrapped(text, size, width - code - 26)]
    height = max(code + 16, 20 + len(lines) * size * 1.45)
    x, y = pen.width - width - 34, pen.height - height - 30
    canvas = pen.canvas
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setStrokeColor(RED)
    canvas.setLineWidth(0.9)
    canvas.roundRect(x, y, width, height, 3, fill=1)
    canvas.restoreState()
    top = y + height - 13
    pen.text(x + 8, top, f"加注件 {spaced_code(copy.code)}", 8.5, bold=True, colour=RED)
    for number, line in enumerate(lines):
        pen.text(x + 8, top - 12 - number * size * 1.45, line, size, colour=GREY)
    qr_code(pen, x + width - code - 9, y + (height - code) / 2, code, link)


def _said(copy: CopyRecord) -> list[str]:
    made = local(copy.made_at).date()
    return [
        f"用途：{copy.purpose}", f"接收：{copy.receiver}",
        f"制作：{numeric_date(made)}", f"有效期至：{numeric_date(copy.last_day)}",
    ]  # fmt: skip
