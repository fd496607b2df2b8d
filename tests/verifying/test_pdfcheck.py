"""What a PDF must be before anybody looks at its signature."""

import hashlib
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from servicehall.verifying.pdfcheck import Refused, _iso, examine
from tests.licenses.conftest import order


@pytest.fixture
def pdf(hall):
    return hall.store.get(hall.issue(order()).pdf_key)


def test_what_it_says(pdf):
    found = examine(pdf)
    _, start, end, _ = PdfFileReader(BytesIO(pdf)).embedded_signatures[0].byte_range
    assert found["digest"] == hashlib.sha256(pdf[:start] + pdf[end:]).hexdigest()
    assert found["at"] == "2026-03-01T16:00:00+08:00"
    assert found["jws"].startswith("eyJ")


@pytest.mark.parametrize("tail", [b"\n", b"\0", b"%", b"\n%%EOF\n"])
def test_a_byte_more_is_a_change(pdf, tail):
    assert examine(pdf + tail)["refused"] in ("changed", "damaged")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\0" * 999, b"%PDF-1.7\nxref\n0 1\n%%EOF"])
def test_garbage_is_damaged(content):
    assert examine(content) == {"refused": "damaged"}


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.999])
def test_a_part_is_damaged(pdf, cut):
    assert examine(pdf[: int(len(pdf) * cut)])["refused"] in ("damaged", "changed")


def test_dates():
    assert _iso("D:20260301160000+08'00'") == "2026-03-01T16:00:00+08:00"
    assert _iso("D:20260301160000Z") == "2026-03-01T16:00:00+00:00"
    with pytest.raises(Refused):
        _iso("yesterday")
