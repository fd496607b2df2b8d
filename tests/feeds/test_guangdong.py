"""One row of Guangdong's feed as an item."""

import json

import pytest

from servicehall.feeds import guangdong
from servicehall.feeds.cleaning import Notes, Refused
from servicehall.standard.schema import ItemType
from tests.catalogue.conftest import ROOT


@pytest.fixture
def row():
    with (ROOT / "items" / "guangdong-2021.jsonl").open(encoding="utf8") as file:
        return json.loads(next(file))


def test_a_row_keeps_what_it_says(row):
    notes = Notes()
    item = guangdong.item(row, notes)
    assert item["name"] == "临时价格干预范围事项提价申报"
    assert item["region"] == "440000000000"
    assert item["level"] == 2
    assert (item["statutory"].days, item["promised"].days) == (30, 7)
    assert item["contact"]["place"].startswith("广州市越秀区")
    assert item["joint"] == ""
    assert not notes.said
    assert "MIT" in item["origin"]["license"]
    assert "b1f5aec3fc99" in item["origin"]["note"]


def test_an_extended_type_becomes_a_public_service_with_a_note(row):
    notes = Notes()
    assert guangdong.item({**row, "TASK_TYPE": "21"}, notes)["type"] == ItemType.PUBLIC.value
    assert set(notes.said) == {"type-extended"}


def test_a_promise_longer_than_the_law_is_not_taken(row):
    notes = Notes()
    item = guangdong.item({**row, "handle_time_limit": "31(工作日)"}, notes)
    assert item["promised"] is None
    assert "promise-over-limit" in notes.said


def test_a_bad_department_code_is_kept_with_a_note(row):
    notes = Notes()
    guangdong.item({**row, "TASK_CODE": "TE440000GD030003VV2440101007000"}, notes)
    assert "department-code" in notes.said


def test_themes_are_the_national_ones_for_whom_it_serves():
    notes = Notes()
    found = guangdong.themes(
        ["找工作", "社会保障（社会保险、社会救助）"], ["natural_person"], notes
    )
    assert [(t["kind"], t["code"]) for t in found] == [("natural", "030"), ("natural", "085")]
    both = guangdong.themes(["文化体育"], ["natural_person", "enterprise"], notes)
    assert [(t["kind"], t["code"]) for t in both] == [("natural", "135"), ("legal", "120")]
    assert not notes.said
    assert guangdong.themes(["没见过"], ["enterprise"], notes) == [{"kind": "legal", "code": "999"}]
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
        guangdong.item({**row, **change}, Notes())
    assert refused.value.reason == reason
