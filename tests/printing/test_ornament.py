"""Ornaments are vectors, small, drawn once and shown often."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from servicehall.printing import fonts, ornament
from servicehall.printing.pen import Pen
from tests.licenses.conftest import FONTS


def drawn(demo=True):
    fonts.load(FONTS)
    out = BytesIO()
    canvas = Canvas(out, pagesize=(600, 400), initialFontName=fonts.REGULAR, invariant=1)
    pen = Pen(canvas, "#0b5cad", (600, 400), demo=demo)
    ornament.border(pen, 20)
    ornament.ground(pen, (40, 40, 520, 320))
    ornament.rosette(pen, 300, 200, 100, part=0.2)
    ornament.watermark(pen, "演示")
    canvas.save()
    return out.getvalue()


def test_vectors_and_small():
    content = drawn()
    assert b"/Image" not in content.replace(b"/ImageB", b"").replace(b"/ImageC", b"").replace(
        b"/ImageI", b""
    )
    assert len(content) < 120_000


def test_a_watermark_only_on_demonstrations():
    assert len(drawn(demo=False)) < len(drawn())
