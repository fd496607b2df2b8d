"""What the press makes is small, says what it is, and is the same each time."""

from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader

from servicehall.printing.press import Press, Title, printed
from tests.licenses.conftest import FONTS

PRESS = Press(FONTS, "http://hall.example")


def made(*words):
    pages = [lambda pen, word=word: pen.text(72, 700, word, 14) for word in words]
    return printed(PRESS, Title("通知书 第1号", "示范局", "号"), pages, colour="#0b5cad")


def test_one_page_for_each_that_is_drawn_with_the_hall_s_fonts_only():
    content = made("第一页", "第二页")
    reader = PdfFileReader(BytesIO(content))
    assert reader.root["/Pages"]["/Count"] == 2
    assert reader.trailer["/Info"]["/Title"] == "通知书 第1号"
    assert b"Helvetica" not in content


def test_the_same_pages_are_the_same_bytes():
    assert made("一") == made("一")
    assert made("一") != made("二")
