"""The press (印制): pages drawn with a pen become the bytes of a PDF, the same each time."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.pagesizes import A4

from servicehall.printing import fonts
from servicehall.printing.easel import Easel
from servicehall.printing.pen import Pen

PRESSING = threading.Lock()  # reportlab cuts subsets out of one shared font file


@dataclass(frozen=True, slots=True)
class Press:
    """What printing needs: the folder of the fonts, and the public address in QR codes.

    A *demo* sheet says so in its watermark, its seal and its footer.
    """

    fonts: Path
    address: str
    demo: bool = True


@dataclass(frozen=True, slots=True)
class Title:
    """What a PDF says of itself: its name, who made it, what it is about."""

    name: str
    author: str
    subject: str


@contextmanager
def _binary() -> Iterator[None]:
    """Streams as bytes, not spelled out in ASCII, which takes longer than all the rest."""
    before, rl_config.useA85 = rl_config.useA85, 0
    try:
        yield
    finally:
        rl_config.useA85 = before


def printed(
    press: Press, title: Title, pages: Sequence[Callable[[Pen], None]], *, colour: str,
    size: tuple[float, float] = A4,
) -> bytes:  # fmt: skip
    """Each of *pages* draws one page of *size* points; fonts are embedded as subsets."""
    fonts.load(press.fonts)
    out = BytesIO()
    canvas = Easel(
        out,
        pagesize=size,
        initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # the stub is wrong
        invariant=1,
        pageCompression=1,
        lang="zh-CN",
        pdfVersion=(1, 7),
    )
    canvas.setTitle(title.name)
    canvas.setAuthor(title.author)
    canvas.setSubject(title.subject)
    canvas.setCreator("servicehall")
    with PRESSING, _binary():
        for draw in pages:
            draw(Pen(canvas, colour, size, demo=press.demo))
            canvas.showPage()
        canvas.save()
    return out.getvalue()
