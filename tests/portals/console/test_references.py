"""What may be written is listed beside the fields."""

from flask import Flask

from servicehall.portals.console import references
from tests.cases.halls import NURSE, SignIn


def test_codes_are_listed_beside_the_fields(sign_in: SignIn) -> None:
    browser = sign_in("items")
    browser.post(f"/console/items/{NURSE}/draft")
    result = browser.get(f"/console/items/{NURSE}/edit/result").text
    for words in ("证照照面代号", "answer:institution", "registry:population.person.name",
                  'list="list-licenses"', '<option value="nurse-certificate"'):  # fmt: skip
        assert words in result
    needs = browser.get(f"/console/items/{NURSE}/edit/needs").text
    assert "数据集和字段" in needs
    assert "household_address" in needs
    questions = browser.get(f"/console/items/{NURSE}/edit/questions").text
    assert "facts.population.person.name" in questions


def test_a_draft_that_does_not_hold_has_no_references(app: Flask) -> None:
    for body in ({}, {"sections": "x", "needs": [1, {"dataset": "no"}], "result": 3}):
        assert references.of("questions", body) == []
        assert references.of("basic", body) == []
