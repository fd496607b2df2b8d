"""The one way out: whatever is not classified open stays in, whoever declares or brings it."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.opendata import openness
from servicehall.opendata.openness import Classified, OpenSet, of_dataset
from servicehall.sharing.datasets import DATASETS
from servicehall.sharing.elements import ELEMENTS
from servicehall.sharing.terms import Field

CLOSED = [e for e in ELEMENTS.values() if e.classification != "open"]
OPEN = [e for e in ELEMENTS.values() if e.classification == "open"]
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


def made(**columns: str) -> OpenSet:
    told = {code: Field(code, ELEMENTS[element]) for code, element in columns.items()}
    return OpenSet("test.set", "测试", "测试", "", "daily", told, next(iter(told)))


@pytest.mark.parametrize("element", CLOSED, ids=lambda e: e.code)
def test_a_classified_column_cannot_be_declared(element) -> None:
    with pytest.raises(Classified, match=r"test\.set 的 b 不是公开数据"):
        made(a="public_text", b=element.code)


@pytest.mark.parametrize("element", OPEN, ids=lambda e: e.code)
def test_an_open_one_can(element) -> None:
    assert list(made(a=element.code).columns) == ["a"]


def test_the_key_is_one_of_the_columns() -> None:
    with pytest.raises(ValueError, match="no column"):
        OpenSet("x", "", "", "", "daily", {}, "a")


@pytest.mark.parametrize("write", [openness.as_csv, lambda of, r: openness.as_json(of, r, None),
                                   openness.released])  # fmt: skip
def test_a_row_with_anything_else_stops_every_export(write) -> None:
    of = made(a="public_text")
    good, bad = {"a": "1"}, {"a": "2", "representative_number": "CANARY"}
    came = []
    with pytest.raises(Classified, match="representative_number"):
        came.extend(write(of, [good, bad]))
    assert "CANARY" not in str(came)


def test_of_every_shared_dataset_only_the_open_part_is_left() -> None:
    for dataset in DATASETS.values():
        if not dataset.open_fields:
            continue
        of = of_dataset(dataset)
        assert set(of.columns) == {
            code for code, item in dataset.items.items()
            if item.element.classification == "open"
        }  # fmt: skip
    organization = of_dataset(DATASETS["legal.organization"])
    assert organization.key == "uscc"
    assert "representative_number" not in organization.columns


@given(st.lists(st.dictionaries(st.sampled_from("abc"), texts), max_size=4))
def test_csv_and_json_read_back_as_they_were(rows) -> None:
    of = made(a="public_text", b="public_text", c="public_text")
    whole = [{column: row.get(column, "") for column in "abc"} for row in rows]
    text = "".join(openness.as_csv(of, rows))
    assert text.startswith("\ufeffa,b,c\r\n")
    read = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    for row, came in zip(whole, read, strict=True):
        for column, value in came.items():
            assert value in (row[column], f"'{row[column]}")
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r"))
    told = json.loads("".join(openness.as_json(of, rows, None)))
    assert told["rows"] == whole
    assert told["license"] == openness.LICENSE


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    text = "".join(openness.as_csv(made(a="public_text"), [{"a": f"{start}cmd|' /C calc'!A0"}]))
    cell = list(csv.reader(io.StringIO(text[1:], newline="")))[1][0]
    assert cell == f"'{start}cmd|' /C calc'!A0"
