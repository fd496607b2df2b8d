"""What is exported comes back as it was, in every form."""

import csv
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings

from servicehall.feeds.exporting import write
from servicehall.feeds.importing import read_feed
from tests.feeds.wordings import ITEMS, lists_of_items

AT = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 - the exchange writes local time
FORMS = [
    ("jsonl", "hall", "items.jsonl"),
    ("csv", "hall", "items.csv"),
    ("national", "national", "t"),
]


def back(items, tmp_path, form, scheme, name):
    assert write(items, tmp_path / name, form=form, at=AT) == len(items)
    return read_feed(tmp_path / name, scheme)


@pytest.mark.parametrize(("form", "scheme", "name"), FORMS)
def test_the_items_of_the_hall_come_back(tmp_path, form, scheme, name):
    report = back(ITEMS, tmp_path, form, scheme, name)
    assert report.items == list(ITEMS)
    assert report.rows == report.accepted == len(ITEMS)


@pytest.mark.parametrize(("form", "scheme", "name"), FORMS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists_of_items())
def test_any_items_come_back(tmp_path, form, scheme, name, items):
    report = back(items, tmp_path, form, scheme, name)
    assert report.items == items
    assert report.refused == 0


@pytest.mark.parametrize(("form", "scheme", "name"), FORMS)
def test_a_second_export_is_the_same_bytes(tmp_path, form, scheme, name):
    write(ITEMS, tmp_path / name, form=form, at=AT)
    again = tmp_path / f"again-{name}"
    write(read_feed(tmp_path / name, scheme).items, again, form=form, at=AT)
    for one in [tmp_path / name] if form != "national" else sorted((tmp_path / name).iterdir()):
        other = again if form != "national" else again / one.name
        assert one.read_bytes() == other.read_bytes()


def test_the_national_tables_have_the_field_names_and_codes_of_the_exchange(tmp_path):
    write(ITEMS, tmp_path, form="national", at=AT)
    assert (tmp_path / "up_task_general_basic.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "up_task_general_basic.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["task_name"]: row for row in csv.DictReader(file)}
    row = rows["食品经营许可（新办）"]
    wanted = {
        "catalog_code": "990131001000", "task_type": "01", "use_level": "4", "task_state": "1",
        "anticipate_day": "10", "anticipate_type": "1", "promise_day": "6", "project_type": "2",
        "server_type": "2,3,4,5", "handle_type": "1,2,3", "is_fee": "0", "cd_operation": "I",
        "cd_time": "20260302T093000", "special_procedure": "现场核查", "dept_type": "1",
        "plan_effective_date": "20260101",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
    with (tmp_path / "up_task_general_material.csv").open(encoding="utf-8-sig") as file:
        materials = [r for r in csv.DictReader(file) if r["row_guid"] == row["row_guid"]]
    assert [r["order_num"] for r in materials] == ["1", "2", "3", "4", "5", "6"]
    assert materials[0]["source_type"] == "20"
    assert materials[5]["material_code"] == row["task_code"][:31] + "006"
