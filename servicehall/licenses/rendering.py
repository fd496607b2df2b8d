"""Rendering (版式制作): the PDF face of a record, drawn; not yet signed."""

import threading
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from servicehall.licenses.faces import card, certificate, fonts, letter
from servicehall.licenses.faces.pen import Pen
from servicehall.licenses.record import Record

_LAYOUTS = {"certificate": certificate.draw, "letter": letter.draw, "card": card.draw}
_PRESSING = threading.Lock()  # reportlab cuts subsets out of one shared font file


@dataclass(frozen=True, slots=True)
class Press:
    """What printing needs: the folder of the fonts, and the public address in QR codes.

    A *demo* sheet says so in its watermark, its seal and its footer.
    """

    fonts: Path
    address: str
    demo: bool = True


def to_pdf(press: Press, record: Record) -> bytes:
    """The face of *record*: one page, fonts embedded as subsets, the same bytes each time."""
    fonts.load(press.fonts)
    size = landscape(A4) if record.template.page == "a4-landscape" else A4
    out = BytesIO()
    canvas = Canvas(
        out,
        pagesize=size,
        initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # the stub is wrong
        invariant=1,
        pageCompression=1,
        lang="zh-CN",
        pdfVersion=(1, 7),
    )
    canvas.setTitle(f"{record.type.name} {record.number}")
    canvas.setAuthor(record.issuer.name)
    canvas.setSubject(record.identifier)
    canvas.setCreator("servicehall")
    with _PRESSING:
        pen = Pen(canvas, record.template.colour, size, demo=press.demo)
        _LAYOUTS[record.template.layout](pen, record, press.address)
        canvas.showPage()
        canvas.save()
    return out.getvalue()
