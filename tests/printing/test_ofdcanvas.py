"""The OFD canvas: reportlab's calls become objects where reportlab would have drawn."""

import pytest
from reportlab.lib.colors import Color

from servicehall.printing import fonts
from servicehall.printing.fonts import BOLD, REGULAR
from servicehall.printing.ofdcanvas import OfdCanvas
from servicehall.printing.ofdpath import placed
from tests.licenses.conftest import FONTS


@pytest.fixture
def canvas():
    fonts.load(FONTS)
    return OfdCanvas(FONTS)


def test_what_was_kept_comes_back(canvas):
    canvas.setLineWidth(3)
    canvas.saveState()
    canvas.setLineWidth(1)
    canvas.setFillAlpha(0.5)
    canvas.translate(10, 20)
    canvas.rotate(90)
    canvas.line(0, 0, 5, 0)
    canvas.restoreState()
    canvas.line(0, 0, 5, 0)
    turned, plain = canvas.objects
    (_, start), (_, end) = placed(turned.parts, turned.state.matrix)
    assert (start, end) == (pytest.approx((10, 20)), pytest.approx((10, 25)))
    assert (turned.state.width, plain.state.width) == (1, 3)
    assert plain.state.fill_alpha == 1


def test_a_form_is_drawn_wherever_it_is_shown(canvas):
    canvas.beginForm("dot", 0, 0, 1, 1)
    canvas.circle(0, 0, 2, stroke=0, fill=1)
    canvas.endForm()
    assert not canvas.objects
    assert canvas.hasForm("dot")
    for x in (10, 50):
        canvas.saveState()
        canvas.translate(x, 0)
        canvas.doForm("dot")
        canvas.restoreState()
    starts = [placed(one.parts, one.state.matrix)[0][1] for one in canvas.objects]
    assert starts == [(12, 0), (52, 0)]


def test_a_clip_lasts_until_the_state_is_restored(canvas):
    clip = canvas.beginPath()
    clip.rect(0, 0, 9, 9)
    canvas.saveState()
    canvas.clipPath(clip)
    canvas.rect(0, 0, 50, 50)
    canvas.restoreState()
    canvas.roundRect(0, 0, 50, 50, 5)
    assert [bool(one.state.clip) for one in canvas.objects] == [True, False]


def test_texts_are_cut_at_characters_beyond_the_bmp(canvas):
    canvas.setFont(BOLD, 10)
    canvas.setFillColor(Color(1, 0, 0))
    canvas.drawCentredString(100, 50, "欧𬱖𬱖祎")
    texts = [one for one in canvas.objects if one.text]
    assert [one.text for one in texts] == ["欧", "𬱖", "𬱖", "祎"]
    assert [one.state.matrix[4] for one in texts] == [80, 90, 100, 110]
    assert [one.state.fill_alpha for one in texts] == [1, 0, 0, 1]  # their outlines are seen
    assert len(canvas.objects) == 6
    line = canvas.beginText(0, 0)
    line.setFont(REGULAR, 10)
    line.setFillColor(Color(0, 0, 0))
    line.setCharSpace(2)
    line.textOut("甲乙")
    canvas.drawText(line)
    assert canvas.objects[-1].advances == (12, 12)
    assert canvas.used == {BOLD: set("欧𬱖祎"), REGULAR: set("甲乙")}
