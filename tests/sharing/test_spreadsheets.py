"""Spreadsheets: good ones are read alike in every form; hostile ones are refused before they are."""

import io
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from servicehall.kernel.declarations import Misdeclared
from servicehall.kernel.errors import Invalid
from servicehall.sharing import spreadsheets
from tests.sharing.sheets import ROWS, SHEET, workbook


def texts(content, name="表.csv"):
    return [[cell.text for cell in row.values()] for row in spreadsheets.read(name, content)[0]]


def test_every_form_says_the_same():
    for content in (SHEET, b"\xef\xbb\xbf" + SHEET, SHEET.decode().encode("gb18030")):
        assert texts(content) == texts(workbook())
    first = spreadsheets.read("表.xlsx", workbook())[0][1]["C"]
    assert (first.sheet, first.row, first.column, first.text) == ("信息项", 2, "C", "字符型")


def test_dates_and_numbers_become_text():
    assert texts(workbook([[date(2026, 1, 31), 3.0, 2.5, True]])) == [
        ["2026-01-31", "3", "2.5", "True"]
    ]


def test_blank_rows_and_cells_are_left_out_and_places_kept():
    (rows,) = spreadsheets.read("表.xlsx", workbook([["a"], [], [None, "b"]]))
    assert [(c.row, c.column) for row in rows for c in row.values()] == [(1, "A"), (3, "B")]


@pytest.mark.parametrize("cell", ["=1+1", "=HYPERLINK(A1)", '=cmd|"/c calc"!A1'])
def test_a_formula_is_refused_with_its_place(cell):
    with pytest.raises(Misdeclared) as wrong:
        spreadsheets.read("表.xlsx", workbook([["好", cell]]))
    (fault,) = wrong.value.faults
    assert (fault.file, fault.line, fault.field) == ("信息项", 1, "B")
    assert "公式" in fault.told


@pytest.mark.parametrize("cell", ["=1", "@SUM(A1)", "+cmd", "-2+3"])
def test_what_would_run_in_a_csv_is_a_formula_too(cell):
    with pytest.raises(Misdeclared):
        spreadsheets.read("表.csv", f"好,{cell}".encode())


def test_a_signed_number_is_no_formula():
    assert texts(b"-5,+86") == [["-5", "+86"]]


def zipped(**members):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return kept.getvalue()


def altered(**members):
    """A good workbook with members added or replaced."""
    kept = io.BytesIO(workbook())
    with zipfile.ZipFile(kept) as archive:
        held = {one: archive.read(one) for one in archive.namelist()}
    return zipped(**{**held, **members})


WIDE = [["x"] * 31]
TALL = [["x"]] * 501
BILLION = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


def many_sheets():
    book = Workbook()
    for _ in range(6):
        book.create_sheet()
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(("content", "said"), [
    (b"x" * (2 * 1024 * 1024 + 1), "2 MB"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"%PDF-1.4\x00", "不是表格"),
    (b"\xff\xfe\x80\x81", "编码"),
    (b'"open', "不是表格"),
    (zipped(bomb=b"0" * 9_000_000), "太大"),
    (zipped(**{f"f{n}": b"" for n in range(101)}), "太大"),
    (zipped(readme=b"hello"), "打不开"),
    (workbook()[:900], "打不开"),
    (altered(xl__vbaProject_bin=b"x"), "宏"),
    (altered(xl__externalLinks__externalLink1=b"x"), "外部链接"),
    (altered(**{"xl/sharedStrings.xml": BILLION}), "XML"),
    (altered(**{"xl/styles.xml": BILLION.decode().encode("utf-16")}), "XML"),
    (altered(**{"xl/workbook.xml": b"<a/>"}), "打不开"),
    (workbook(TALL), "太大"), (workbook(WIDE), "太大"),
    (b"x\n" * 501, "太大"), (b"," * 31, "太大"),
    (many_sheets(), "工作表"),
], ids=range(19))  # fmt: skip
def test_what_is_refused_and_why(content, said):
    with pytest.raises(Invalid) as wrong:
        spreadsheets.read("表", content)
    assert said in str(wrong.value)
    assert wrong.value.field == "file"


def test_a_cell_that_is_too_long_is_named():
    with pytest.raises(Misdeclared) as wrong:
        spreadsheets.read("表.csv", b"a," + b"x" * 501)
    assert wrong.value.faults[0].field == "B"


@settings(max_examples=80)
@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_do_anything_but_be_read_or_refused(content, as_archive):
    with suppress(Invalid):
        assert spreadsheets.read("表", (b"PK\x03\x04" if as_archive else b"") + content)


@settings(max_examples=25)
@given(st.integers(0, 10**9), st.integers(1, 255))
def test_a_damaged_workbook_is_read_or_refused(place, change):
    damaged = bytearray(workbook(ROWS))
    damaged[place % len(damaged)] ^= change
    with suppress(Invalid):
        assert spreadsheets.read("表", bytes(damaged))
