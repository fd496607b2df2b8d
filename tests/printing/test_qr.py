"""QR codes on pages: a foreign reader reads back what was drawn."""

import subprocess
from io import BytesIO

import pytest
import segno

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
