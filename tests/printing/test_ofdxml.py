"""Objects as XML: millimetres from above left, colours in 255 parts, turned texts by a matrix."""

from reportlab.lib.colors import Color

from servicehall.printing.fonts import REGULAR
from servicehall.printing.ofdpath import Drawn, State
from servicehall.printing.ofdxml import short, written

PAGE = (720, 72)  # points: 254 by 25.4 mm


def test_a_path_in_millimetres():
    state = State(stroke=Color(1, 0.5, 0), stroke_alpha=0.5, width=2, clip=(("M", (0, 0)),))
    line = Drawn(state, (("M", (0, 72)), ("L", (72, 0)), ("C", ())), stroked=True)
    told, following = written([line], PAGE, 7)
    assert following == 8
    assert '<ofd:PathObject ID="7" Boundary="0 0 254 25.4" LineWidth="0.706"' in told
    assert '<ofd:StrokeColor Value="255 128 0" Alpha="128"/>' in told
    assert "<ofd:AbbreviatedData>M 0 0 L 25.4 25.4 C</ofd:AbbreviatedData>" in told
    assert told.index("<ofd:Clips>") < told.index("<ofd:StrokeColor")
    assert "FillColor" not in told


def test_a_text_in_its_place_and_a_turned_one():
    plain = State(matrix=(1, 0, 0, 1, 72, 36), font=REGULAR, size=12)
    told, _ = written([Drawn(plain, text="甲<", advances=(12, 12))], PAGE, 1)
    assert 'Font="2" Size="4.233"' in told
    assert '<ofd:TextCode X="25.4" Y="12.7" DeltaX="4.233">甲&lt;</ofd:TextCode>' in told
    turned = State(matrix=(0, 1, -1, 0, 72, 36), font=REGULAR, size=12)
    told, _ = written([Drawn(turned, text="甲", advances=(12,))], PAGE, 1)
    assert 'CTM="0 -1 1 0 25.4 12.7"' in told.replace("-0 ", "0 ")
    assert '<ofd:TextCode X="0" Y="0">甲</ofd:TextCode>' in told


def test_short_numbers():
    assert [short(v) for v in (0.0, -0.0001, 1.50, 12.3456)] == ["0", "0", "1.5", "12.346"]
