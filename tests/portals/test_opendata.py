"""The open data portal: found, looked through, taken away by people and programs."""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from servicehall.city.town import town
from servicehall.sharing.elements import ELEMENTS

SETS = ("hall.items", "hall.cases", "hall.ratings", "legal.organization")


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_person_finds_looks_and_downloads(browser: FlaskClient) -> None:
    page = browser.get("/data").text
    assert all(f"/data/{code}" in page for code in SETS)
    found = browser.get("/data?q=法人").text
    assert "/data/legal.organization" in found
    assert "/data/hall.ratings" not in found
    assert "没有找到这样的数据集" in browser.get("/data?q=zzz").text
    one = browser.get("/data/legal.organization").text
    assert "统一社会信用代码" in one
    assert "CC BY 4.0" in one
    assert "示范区市场监督管理局" in one
    assert "after=" in one  # there is a further page
    assert "这份数据里没有这些词" in browser.get("/data/legal.organization?q=zzz").text
    assert browser.get("/opendata").location == "/data"
    assert browser.get("/data/population.person").status_code == 404


@pytest.mark.parametrize("code", SETS)
def test_files_hold_what_the_interface_tells(browser: FlaskClient, code: str) -> None:
    sheet = browser.get(f"/data/{code}/rows.csv")
    assert sheet.headers["Content-Disposition"] == f'attachment; filename="{code}.csv"'
    read = list(csv.DictReader(io.StringIO(sheet.text.removeprefix("\ufeff"), newline="")))
    whole = browser.get(f"/data/{code}/rows.json").json
    assert whole is not None
    assert whole["rows"] == read
    told, after, rows = {}, "", []
    while after is not None:
        answer = browser.get(f"/api/v1/data/{code}", query_string={"after": after, "limit": 500})
        told = answer.json or {}
        rows += told["rows"]
        after = told["next"]
    assert rows == read
    assert [one["code"] for one in told["dataset"]["fields"]] == whole["fields"]


def test_no_export_holds_a_classified_value(browser: FlaskClient) -> None:
    """Every set that the interface lists, read whole: no number, phone or birthday of anybody."""
    listed = (browser.get("/api/v1/data").json or {})["datasets"]
    assert {one["code"] for one in listed} >= set(SETS)
    people = town().people.values()
    secrets = {one.number for one in people} | {one.phone for one in people}
    for one in listed:
        text = browser.get(f"/data/{one['code']}/rows.csv").text
        cells = {cell for row in csv.reader(io.StringIO(text)) for cell in row}
        assert not cells & secrets, one["code"]
    assert any(e.classification == "sensitive" for e in ELEMENTS.values())


@pytest.mark.parametrize(
    ("asked", "status", "field"),
    [("hall.items?limit=0", 422, "limit"), ("hall.items?limit=501", 422, "limit"),
     ("hall.items?limit=x", 422, "limit"), ("legal.organization?after=%00", 422, "after"),
     ("nothing", 404, None), ("population.person", 404, None)],
)  # fmt: skip
def test_what_cannot_be_is_a_problem_that_names_it(
    browser: FlaskClient, asked: str, status: int, field: str | None
) -> None:
    answer = browser.get(f"/api/v1/data/{asked}")
    assert (answer.status_code, (answer.json or {}).get("field")) == (status, field)
    assert answer.content_type == "application/problem+json"
