"""One row of a feed as an item: that of Guangdong by its mapping."""

import json

import pytest

from servicehall.feeds import shaping
from servicehall.feeds.cleaning import Notes, Refused
from servicehall.feeds.mapping import Column, mapping
from servicehall.standard.schema import ItemType
from tests.catalogue.conftest import ROOT

SOURCE = mapping("guangdong")


@pytest.fixture
def row():
    with (ROOT / "items" / "guangdong-2021.jsonl").open(encoding="utf8") as file:
        return json.loads(next(file))


def test_a_row_keeps_what_it_says(row):
    notes = Notes()
    item = shaping.item(row, SOURCE, notes)
    assert item["name"] == "临时价格干预范围事项提价申报"
    assert item["region"] == "440000000000"
    assert item["level"] == 2
    assert (item["statutory"]["days"], item["promised"]["days"]) == (30, 7)
    assert item["contact"]["place"].startswith("广州市越秀区")
    assert item["joint"] == ""
    assert not notes.said
    assert "MIT" in item["origin"]["license"]
    assert "b1f5aec3fc99" in item["origin"]["note"]


def test_an_extended_type_becomes_a_public_service_with_a_note(row):
    notes = Notes()
    assert shaping.item({**row, "TASK_TYPE": "21"}, SOURCE, notes)["type"] == ItemType.PUBLIC.value
    assert set(notes.said) == {"type-extended"}


def test_a_promise_longer_than_the_law_is_not_taken(row):
    notes = Notes()
    item = shaping.item({**row, "handle_time_limit": "31(工作日)"}, SOURCE, notes)
    assert item["promised"] is None
    assert "promise-over-limit" in notes.said


def test_a_bad_department_code_is_kept_with_a_note(row):
    notes = Notes()
    shaping.item({**row, "TASK_CODE": "TE440000GD030003VV2440101007000"}, SOURCE, notes)
    assert "department-code" in notes.said


def test_themes_are_the_national_ones_for_whom_it_serves():
    notes = Notes()
    found = shaping.themes(
        ["找工作", "社会保障（社会保险、社会救助）"], ["natural_person"], SOURCE, notes
    )
    assert [(t["kind"], t["code"]) for t in found] == [("natural", "030"), ("natural", "085")]
    both = shaping.themes(["文化体育"], ["natural_person", "enterprise"], SOURCE, notes)
    assert [(t["kind"], t["code"]) for t in both] == [("natural", "135"), ("legal", "120")]
    assert not notes.said
    assert shaping.themes(["没见过"], ["enterprise"], SOURCE, notes) == [
        {"kind": "legal", "code": "999"}
    ]
    assert "theme-unknown" in notes.said


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"TASK_NAME": "无"}, "no-name"),
        ({"TASK_CODE": "123"}, "bad-code"),
        ({"TASK_CODE": None}, "bad-code"),
        ({"DEPT_NAME": ""}, "no-department"),
        ({"TASK_TYPE": "许可"}, "bad-type"),
    ],
)
def test_what_no_item_can_be_made_of_is_refused(row, change, reason):
    with pytest.raises(Refused) as refused:
        shaping.item({**row, **change}, SOURCE, Notes())
    assert refused.value.reason == reason


def column(**says):
    return Column(column="c", element="x", **says)


@pytest.mark.parametrize(
    ("says", "value", "wanted", "reasons"),
    [
        ({"clean": "number"}, " 3 ", {"x": 3}, set()),
        ({"clean": "number"}, "三次", {}, {"x-unreadable"}),
        ({"clean": "date"}, "20260101", {"x": "2026-01-01"}, set()),
        ({"clean": "date"}, "明年", {}, {"date-unreadable"}),
        ({"clean": "flag"}, "是", {"x": True}, set()),
        ({"clean": "decimal"}, "1.5", {"x": 1.5}, set()),
        ({"clean": "decimal"}, "一", {}, set()),
        ({"clean": "one", "table": "needed"}, "3", {"x": "deferrable"}, set()),
        ({"clean": "one", "table": "needed"}, "7", {}, {"code-unknown"}),
        ({"clean": "many", "table": "objects"}, "1，2", {"x": ["natural_person", "enterprise"]},
         set()),
        ({"clean": "themes", "table": "legal"}, "010,080",
         {"x": [{"kind": "legal", "code": "010"}]}, set()),
        ({"add": "web", "when": ("1",)}, "1", {"x": ["web"]}, set()),
        ({"add": "web", "when": ("1",)}, "0", {"x": []}, set()),
        ({"empty": ("不详",)}, "不详", {"x": ""}, set()),
    ],
)  # fmt: skip
def test_a_column_is_cleaned_as_it_is_declared(says, value, wanted, reasons):
    notes = Notes()
    assert shaping.read({"c": value}, [column(**says)], SOURCE, notes) == wanted
    assert set(notes.said) == reasons
