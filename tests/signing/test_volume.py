"""A PDF is taken apart and bound again only where it is as our press writes it."""

import subprocess
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from servicehall.printing.press import Press, Title, printed
from servicehall.signing.volume import Volume, text_string
from tests.licenses.conftest import FONTS, tool


@pytest.fixture(scope="module")
def pdf():
    def page(words):
        return lambda pen: pen.text(72, 700, words, 20)

    return printed(
        Press(FONTS, "http://hall.example"), Title("通知书", "示范市局", "一"),
        [page("第一页"), page("第二页")], colour="#0b5cad",
    )  # fmt: skip


def test_what_was_there_is_there_and_what_was_added_too(pdf, tmp_path):
    volume = Volume(pdf)
    number = volume.add(b"<< /Said %b >>" % text_string("加上的（一）𬱖"))
    volume.extend(volume.root, {b"Own": b"%d 0 R" % number})
    bound = volume.bound()
    before, after = PdfFileReader(BytesIO(pdf)), PdfFileReader(BytesIO(bound))
    assert after.root["/Own"]["/Said"] == "加上的（一）𬱖"
    assert after.root["/Pages"]["/Count"] == 2
    assert after.trailer["/Info"]["/Title"] == before.trailer["/Info"]["/Title"] == "通知书"
    assert after.xrefs.total_revisions == 1
    assert Volume(bound).first_page() == Volume(pdf).first_page()


@tool("qpdf")
def test_qpdf_finds_nothing_wrong_with_it(pdf, tmp_path):
    volume = Volume(pdf)
    volume.extend(volume.first_page(), {b"Own": b"/Entry"})
    (tmp_path / "bound.pdf").write_bytes(volume.bound())
    done = subprocess.run(
        ["qpdf", "--check", tmp_path / "bound.pdf"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "altered",
    [
        lambda pdf: b"",
        lambda pdf: b"no " + pdf,
        lambda pdf: b"\n" + pdf[:-1],
        lambda pdf: pdf[:8] + b"\n" + pdf[8:],
        lambda pdf: pdf[:-10],
        lambda pdf: pdf + pdf[-30:],
        lambda pdf: pdf.replace(b"trailer\n<<", b"trailer\n<< /Prev 9"),
        lambda pdf: pdf.replace(b"trailer\n<<", b"trailer\n<< /Encrypt 9 0 R"),
        lambda pdf: pdf.replace(b"/Root", b"/Roof"),
        lambda pdf: pdf.replace(b"/ID", b"/IE"),
        lambda pdf: pdf.replace(b"xref\n0 ", b"xref\n1 "),
        lambda pdf: pdf.replace(b" 00000 n", b" 00000 x"),
        lambda pdf: pdf.replace(b"endobj", b"endold"),
    ],
)
def test_nothing_is_repaired(pdf, altered):
    with pytest.raises(ValueError, match=r"."):
        Volume(altered(pdf))


def test_an_entry_is_never_there_twice(pdf):
    volume = Volume(pdf)
    with pytest.raises(ValueError, match="other entries"):
        volume.extend(volume.root, {b"Pages": b"9 0 R"})


def test_a_volume_without_pages_says_so(pdf):
    volume = Volume(pdf.replace(b"/Kids", b"/Kits"))
    with pytest.raises(ValueError, match="lead to a page"):
        volume.first_page()
