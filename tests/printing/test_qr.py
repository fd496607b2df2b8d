"""QR codes on pages: a foreign reader reads back what was drawn."""

import subprocess
from io import BytesIO

import pytest
import segno
from PIL import Image

from servicehall.printing import qr
from tests.licenses.conftest import tool


def scanned(text, error, folder):
    """What zbarimg reads in the same symbol as a picture."""
    out = BytesIO()
    segno.make(text, error=error, micro=False).save(out, kind="png", scale=6)
    (folder / "code.png").write_bytes(out.getvalue())
    done = subprocess.run(
        ["zbarimg", "--raw", "-q", str(folder / "code.png")], capture_output=True, check=True
    )
    return done.stdout.decode().rstrip("\n")


@tool("zbarimg")
@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("http://hall.example/verify/7K3M9XQ2BPTW", "m"), ("%69 VD92EX0" * 4, "q"),
        ("LC1:" + "6BF$ %*+-./:" * 30, "l"),
        ("openid-credential-offer://?credential_offer=%7B%22a%22%3A1%7D", "l"),
    ],
)  # fmt: skip
def test_another_reader_reads_it(text, error, tmp_path):
    assert scanned(text, error, tmp_path) == text


def test_it_stands_in_a_page_as_it_is():
    drawn = qr.svg("http://hall.example/verify/7K3M9XQ2BPTW")
    assert drawn.startswith("<svg ")
    assert "xml version" not in drawn
    assert 'width="' not in drawn.split(">")[0]  # as wide as its place


@tool("zbarimg")
@pytest.mark.parametrize("code", ["7K3M9XQ2BPTW", "000000000000"])
def test_what_is_drawn_on_paper_is_read_too(code, tmp_path):
    text = f"http://hall.example/verify/{code}"
    rows = qr.modules(text)
    assert len(rows) == 29  # version 3: as small as level M lets it be
    picture = Image.new("1", (37, 37), 1)
    for row, runs in enumerate(rows):
        for start, end in runs:
            picture.paste(0, (start + 4, row + 4, end + 4, row + 5))
    picture.resize((370, 370)).save(tmp_path / "paper.png")
    done = subprocess.run(
        ["zbarimg", "--raw", "-q", str(tmp_path / "paper.png")], capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == text
