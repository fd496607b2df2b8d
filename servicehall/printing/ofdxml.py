"""OFD objects (图元): paths and texts of a canvas as XML of a page (GB/T 33190 8, 9 and 11)."""

from collections.abc import Callable, Sequence
from html import escape
from math import hypot
from typing import Any, Final

from servicehall.printing.fonts import BOLD, REGULAR
from servicehall.printing.ofdpath import Drawn, Part, State, placed
from servicehall.printing.pen import MM

FONTS: Final = {REGULAR: 2, BOLD: 3}  # the identifiers of the two fonts in every document


def written(objects: Sequence[Drawn], size: tuple[float, float], first: int) -> tuple[str, int]:
    """The objects of a page of *size* points as XML, numbered from *first*; the number after the last."""
    write = _Writer(size)
    told = [write.one(one, first + number) for number, one in enumerate(objects)]
    return "".join(told), first + len(told)


class _Writer:
    """Writes objects as XML for a page of *size* points."""

    def __init__(self, size: tuple[float, float]) -> None:
        self._height = size[1]
        self._page = f'Boundary="0 0 {short(size[0] * MM)} {short(size[1] * MM)}"'

    def one(self, drawn: Drawn, number: int) -> str:
        write: Callable[[Drawn, int], str] = self._text if drawn.text else self._path
        return write(drawn, number)

    def _path(self, drawn: Drawn, number: int) -> str:
        state = drawn.state
        a, b, *_ = state.matrix
        width = short(state.width * hypot(a, b) * MM)
        stroke = _colour("StrokeColor", state.stroke, state.stroke_alpha) if drawn.stroked else ""
        fill = _colour("FillColor", state.fill, state.fill_alpha) if drawn.filled else ""
        kind = f'Stroke="{str(drawn.stroked).lower()}" Fill="{str(drawn.filled).lower()}"'
        data = self._data(placed(drawn.parts, state.matrix))
        return (
            f'<ofd:PathObject ID="{number}" {self._page} LineWidth="{width}" {kind}>'
            f"{self._clips(state)}{stroke}{fill}"
            f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def _text(self, drawn: Drawn, number: int) -> str:
        state = drawn.state
        a, b, c, d, e, f = state.matrix
        x, y = short(e * MM), short((self._height - f) * MM)
        turned = (round(a, 6), round(b, 6), round(c, 6), round(d, 6)) != (1, 0, 0, 1)
        ctm = f' CTM="{_numbers((a, -b, -c, d))} {x} {y}"' if turned else ""
        place = 'X="0" Y="0"' if turned else f'X="{x}" Y="{y}"'
        deltas = " ".join(short(one * MM) for one in drawn.advances[:-1])
        spaced = f' DeltaX="{deltas}"' if deltas else ""
        colour = _colour("FillColor", state.fill, state.fill_alpha)
        return (
            f'<ofd:TextObject ID="{number}" {self._page}{ctm} Font="{FONTS[state.font]}"'
            f' Size="{short(state.size * MM)}">{self._clips(state)}{colour}'
            f"<ofd:TextCode {place}{spaced}>{escape(drawn.text)}</ofd:TextCode></ofd:TextObject>"
        )

    def _clips(self, state: State) -> str:
        if not state.clip:
            return ""
        return (
            f"<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path {self._page}>"
            f"<ofd:AbbreviatedData>{self._data(state.clip)}</ofd:AbbreviatedData>"
            "</ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"
        )

    def _data(self, parts: Sequence[Part]) -> str:
        return " ".join(f"{operator} {self._turned(points)}".strip() for operator, points in parts)

    def _turned(self, points: tuple[float, ...]) -> str:
        pairs = zip(points[::2], points[1::2], strict=True)
        return " ".join(f"{short(x * MM)} {short((self._height - y) * MM)}" for x, y in pairs)


def _colour(name: str, colour: Any, alpha: float) -> str:
    value = " ".join(str(round(255 * part)) for part in (colour.red, colour.green, colour.blue))
    seen = f' Alpha="{round(255 * alpha)}"' if alpha < 1 else ""
    return f'<ofd:{name} Value="{value}"{seen}/>'


def _numbers(values: Sequence[float]) -> str:
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in values)


def short(value: float) -> str:
    """A thousandth of a millimetre is finer than any printer."""
    told = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if told == "-0" else told
