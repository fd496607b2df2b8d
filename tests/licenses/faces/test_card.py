"""The card keeps its content inside the page, whatever the length of names."""

import pytest

from servicehall.licenses.record import Department, Kind
from servicehall.licenses.rendering import to_pdf
from tests.licenses.conftest import BUREAU
from tests.licenses.test_rendering import PRESS, made, shown, tool


@tool("pdftotext")
@pytest.mark.parametrize("page", ["a4-portrait", "a4-landscape"])
@pytest.mark.parametrize("length", [1, 8, 30])
def test_names_of_any_length(page, length):
    kind = Kind(code=BUREAU + "001", slug="x", name="证" * length)
    issuer = Department(code=BUREAU, name="局" * length)
    text = "".join(shown(to_pdf(PRESS, made("card", page, type=kind, issuer=issuer))).split())
    assert "证" * length in text
    assert "局" * length in text
