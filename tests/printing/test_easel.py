"""The easel keeps what it drew; each document still has all that it shows."""

from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from reportlab.pdfgen.canvas import Canvas

from servicehall.printing.easel import Easel


def shown(drawn, name="line-1"):
    """A document that shows the form *name*; how often it was drawn for that is noted."""
    out = BytesIO()
    canvas = Easel(out, pagesize=(300, 200), invariant=1)
    for _ in range(2):
        if not canvas.hasForm(name):
            canvas.beginForm(name, 0, 0, 100, 50)
            canvas.line(0, 0, 100, 50)
            canvas.endForm()
            drawn.append(name)
        canvas.doForm(name)
    canvas.drawString(10, 10, "beside it")
    canvas.save()
    return out.getvalue()


def forms(pdf):
    """What the page may show, by name."""
    return PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Kids"][0]["/Resources"]["/XObject"]


def test_a_form_is_drawn_once_for_all_documents_and_is_in_each():
    drawn = []
    first, second = shown(drawn, "line-a"), shown(drawn, "line-a")
    assert drawn == ["line-a"]
    for pdf in (first, second):
        (name,) = forms(pdf)
        form = forms(pdf)[name]
        assert form["/Subtype"] == "/Form"
        assert [float(side) for side in form["/BBox"]] == [0, 0, 100, 50]
        assert b"100 50 l S" in form.data
    assert first == second


def test_another_name_is_another_drawing():
    drawn = []
    shown(drawn, "line-b")
    shown(drawn, "line-c")
    assert drawn == ["line-b", "line-c"]


def test_the_page_goes_on_as_it_was_before_the_form():
    out = BytesIO()
    plain = Canvas(out, pagesize=(300, 200), invariant=1)
    plain.drawString(10, 10, "beside it")
    plain.save()
    page = PdfFileReader(BytesIO(shown([], "line-d"))).root["/Pages"]["/Kids"][0]
    alone = PdfFileReader(BytesIO(out.getvalue())).root["/Pages"]["/Kids"][0]
    (words,) = (one for one in alone["/Contents"].data.split(b"\n") if b"beside" in one)
    assert words in page["/Contents"].data


def test_a_form_brings_along_the_forms_that_it_shows():
    """Also into a document that asks for the outer one alone."""

    def document(canvas, out):
        if not canvas.hasForm("outer"):
            if not canvas.hasForm("inner"):
                canvas.beginForm("inner", 0, 0, 10, 10)
                canvas.line(0, 0, 10, 10)
                canvas.endForm()
            canvas.beginForm("outer", 0, 0, 50, 50)
            canvas.translate(5, 5)
            canvas.doForm("inner")
            canvas.endForm()
        canvas.doForm("outer")
        canvas.save()
        return out.getvalue()

    for _ in range(2):
        out = BytesIO()
        pdf = document(Easel(out, pagesize=(300, 200), invariant=1), out)
        outer = forms(pdf)["/FormXob.outer"]
        inner = outer["/Resources"]["/XObject"]["/FormXob.inner"]
        assert b"10 10 l S" in inner.data


def test_rectangles_are_written_to_a_thousandth():
    out = BytesIO()
    canvas = Easel(out, pagesize=(300, 200), invariant=1)
    path = canvas.beginPath()
    path.rect(1 / 3, 2, 100, 2.5)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.save()
    page = PdfFileReader(BytesIO(out.getvalue())).root["/Pages"]["/Kids"][0]
    assert b"0.333 2.000 100.000 2.500 re" in page["/Contents"].data
