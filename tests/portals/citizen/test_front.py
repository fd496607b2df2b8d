"""The front: levels, hot items, life events; the zone of what can be done away from home."""

import pytest
from flask import Flask

from tests.cases.halls import ALLOWANCE, FUND, ID_CARD, Scene


def test_the_levels_lead_to_their_lists(app: Flask) -> None:
    page = app.test_client().get("/").text
    assert 'href="/items?level=4"' in page
    assert "县级" in page


def test_what_people_begin_most_is_hot(stage: Scene, app: Flask) -> None:
    stage.begin("wang", ALLOWANCE)
    page = app.test_client().get("/?").text
    assert page.index(f"/items/{ALLOWANCE}") > page.index("热门事项")


def test_the_zone_explains_each_way(app: Flask) -> None:
    page = app.test_client().get("/crossing").text
    for words in ("全程网办", "异地代收代办", "多地联办", "全国通办（跨省）", "全省通办"):
        assert words in page
    assert f"/items/{FUND}" in page


@pytest.mark.parametrize(("mode", "shown"), [("proxy", ID_CARD), ("online", FUND), ("x", FUND)])
def test_a_way_narrows_the_zone(app: Flask, mode: str, shown: str) -> None:
    page = app.test_client().get(f"/crossing?mode={mode}").text
    assert f"/items/{shown}" in page
    assert (f"/items/{FUND}" in page) == (mode != "proxy")


def test_a_way_nobody_goes_leads_back(app: Flask) -> None:
    assert "没有这样办的事项" in app.test_client().get("/crossing?mode=joint").text
