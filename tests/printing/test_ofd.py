"""OFD documents: the same bytes each time, fonts cut to what is used, whole numbers everywhere."""

import io
import re
import zipfile
from datetime import UTC, datetime

from fontTools.ttLib import TTFont

from servicehall.printing import ofd
from servicehall.printing.pen import Stamp
from servicehall.printing.press import Press, Title
from servicehall.printing.seal import stamp
from tests.licenses.conftest import FONTS

PRESS, TITLE = Press(FONTS, "http://hall.example"), Title("证<照>", "部门", "1.2.156")
AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


def draw(pen):
    pen.text(20, 200, "欧阳𬱖婳祎 <&>", 12)
    stamp(pen, 100, 100, "示范局", "专用章", radius=40)


def made(**changes):
    return ofd.sheet(PRESS, TITLE, draw, colour="#b22222", size=(300, 300), made=AT, **changes)


def test_the_same_bytes_each_time():
    first, again = (ofd.packed(made().files) for _ in range(2))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert package.namelist()[0] == "OFD.xml"
        assert package.testzip() is None


def test_a_font_holds_what_is_used_and_no_more():
    files = made().files
    with TTFont(io.BytesIO(files["Doc_0/Res/HallSerif-Regular.ttf"])) as font:
        assert {chr(code) for code in font.getBestCmap()} == set("欧阳𬱖婳祎 <&>")


def test_the_stamp_is_left_to_the_seal_or_drawn():
    signed, plain = made(), made(signed=False)
    assert signed.stamps == [Stamp(100, 100, 40, "示范局", "专用章", "")]
    assert "Signatures" in signed.files["OFD.xml"].decode()
    assert not plain.stamps
    assert "Signatures" not in plain.files["OFD.xml"].decode()
    page = "Doc_0/Pages/Page_0/Content.xml"
    assert len(plain.files[page]) > len(signed.files[page])


def test_numbers_are_used_once_and_words_are_escaped():
    files = made(data={"ZZMC": "a<b"}, attached={"x.json": b"{}"}).files
    page = files["Doc_0/Pages/Page_0/Content.xml"].decode()
    numbers = re.findall(r' ID="(\d+)"', page)
    assert len(numbers) == len(set(numbers))
    most = re.search(r"<ofd:MaxUnitID>(\d+)<", files["Doc_0/Document.xml"].decode())
    assert max(map(int, numbers)) < int(most[1])
    assert "&lt;&amp;&gt;" in page
    assert "a&lt;b" in files["OFD.xml"].decode()
    assert "证&lt;照&gt;" in files["OFD.xml"].decode()
    assert files["Doc_0/Attachs/x.json"] == b"{}"
