"""QR codes are read from PNG and JPEG, and from nothing else."""

from io import BytesIO

import pytest
import segno
from PIL import Image

from servicehall.verifying.qrcheck import read


def picture(text, kind):
    out = BytesIO()
    segno.make(text, micro=False).save(out, kind="png", scale=5)
    made = Image.open(out).convert("RGB").rotate(7, expand=True, fillcolor="white")
    turned = BytesIO()
    made.save(turned, kind)
    return turned.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_reads_a_code_that_is_not_straight(kind):
    assert read(picture("http://hall.example/verify/7K3M9XQ2BPTW", kind)) == [
        "http://hall.example/verify/7K3M9XQ2BPTW"
    ]


def test_other_pictures_have_none():
    blank = BytesIO()
    Image.new("L", (50, 50), 255).save(blank, "PNG")
    webp = picture("http://hall.example/verify/7K3M9XQ2BPTW", "GIF")
    for content in (b"", b"\x89PNG\r\n\x1a\n", blank.getvalue(), webp):
        assert read(content) == []


def test_a_picture_too_large_is_not_opened():
    size = (30_000).to_bytes(4) * 2
    assert read(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + size + b"\x08\0\0\0\0" + b"\0" * 40) == []
