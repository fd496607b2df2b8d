"""The sheet form: the template reads as itself; each fault is named by sheet, row and column."""

import pytest

from servicehall.kernel.declarations import Misdeclared
from servicehall.kernel.errors import Invalid
from servicehall.sharing import sheetform
from tests.sharing.sheets import ROWS, SHEET, workbook


def test_the_blank_form_is_read_as_its_example():
    name, sex = sheetform.columns("模板.xlsx", sheetform.blank())
    assert (name.name, name.code, name.kind, name.length) == ("姓名", "name", "string", 50)
    assert sex.values == ("男", "女")


def test_a_department_s_own_words_are_understood():
    found = {c.name: c for c in sheetform.columns("犬只.csv", SHEET)}
    assert [c.code for c in found.values()] == ["name", "sfzh", "xb", "djrq"]
    assert found["登记日期"].kind == "date"
    assert found["登记日期"].length == 10
    assert found["姓名"].definition == "养犬人姓名"
    assert found["姓名"].at == "犬只.csv 2"


def test_headings_stand_below_a_title_and_in_any_sheet():
    rows = [
        ["养犬登记信息资源"],
        [],
        ["字段名称 *", "TYPE"],
        ["姓名", "varchar(50)"],
        ["生日", "datetime"],
    ]
    found = sheetform.columns("表.xlsx", workbook([["说明页"]], 目录=rows))
    assert [(c.name, c.kind, c.length, c.code) for c in found] == [
        ("姓名", "string", 50, "item_1"), ("生日", "date", 10, "item_2"),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"a,b\nc,d", b"", "信息项名称,数据类型".encode()])
def test_without_headings_or_items_it_says_so(content):
    with pytest.raises(Invalid) as wrong:
        sheetform.columns("表.csv", content)
    assert wrong.value.field == "file"
    assert not isinstance(wrong.value, Misdeclared)


def test_every_fault_is_told_at_once_with_its_place():
    rows = [
        ROWS[0],
        ["姓名", "Name!", "字符型", 50],
        ["姓名", "name2", "照片", 50],
        ["", "x", "字符型", 5],
        ["年龄", "age", "数值型", "很长"],
        ["住址", "dz", "", 99999],
    ]  # fmt: skip
    with pytest.raises(Misdeclared) as wrong:
        sheetform.columns("表.xlsx", workbook(rows))
    assert [(f.file, f.line, f.field) for f in wrong.value.faults] == [
        ("信息项", 2, "B"), ("信息项", 3, "C"), ("信息项", 3, "A"), ("信息项", 4, "B"),
        ("信息项", 5, "D"), ("信息项", 6, "A"), ("信息项", 6, "D"),
    ]  # fmt: skip
