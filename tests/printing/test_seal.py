"""The seal shows the department, however long its name, and says what it is for."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from servicehall.printing import fonts
from servicehall.printing.pen import Pen
from servicehall.printing.seal import stamp
from tests.licenses.conftest import FONTS, tool
from tests.licenses.test_rendering import shown


@tool("pdftotext")
@pytest.mark.parametrize(
    "name", ["局", "示范市农业农村局", "示范省示范市示范区住房和城乡建设局审批服务处"]
)
def test_it_shows_the_whole_name(name):
    fonts.load(FONTS)
    out = BytesIO()
    canvas = Canvas(out, pagesize=(200, 200), initialFontName=fonts.REGULAR)
    stamp(Pen(canvas, "#b22222", (200, 200)), 100, 100, name, "电子证照专用章", note="示范")
    canvas.save()
    text = shown(out.getvalue(), "-raw")
    assert set(name) <= set(text)
    assert "电子证照专用章" in text
