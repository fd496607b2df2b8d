"""The form is a ruled table: a label and a value in every cell, long values over the whole width."""

import pytest

from servicehall.licenses.rendering import to_pdf
from servicehall.licenses.schema import Template
from tests.licenses.conftest import tool
from tests.licenses.faces.drawn import page
from tests.licenses.test_rendering import PRESS, face, made, shown


def table(sheet, *values):
    faces = tuple(face(value, f"f{n}", name=f"第{n}项") for n, value in enumerate(values))
    return made(faces=faces, template=Template(page=sheet, layout="form"))


@tool("pdftotext")
@pytest.mark.parametrize("sheet", ["a4-portrait", "a4-landscape"])
def test_every_cell_is_filled(sheet):
    text = "".join(shown(to_pdf(PRESS, table(sheet, "甲", "乙" * 60, "丙"))).split())
    for words in ("第0项", "甲", "乙" * 20, "丙", "准予在核定的水域从事渔业捕捞", "长期有效"):
        assert words in text


def test_short_ones_share_a_line():
    texts = {line.text: line for line in page(table("a4-landscape", "甲", "丙", "乙" * 60))}
    assert texts["甲"].y == texts["丙"].y
    assert texts["第0项"].x < texts["甲"].x < texts["第1项"].x
    assert texts["第2项"].x == pytest.approx(texts["第0项"].x, abs=0.1)
