"""Choosing a region: down by links, by name, and back to where one came from."""

from flask import Flask


def test_down_from_the_province_by_links(app: Flask) -> None:
    browser = app.test_client()
    top = browser.get("/regions?next=/items").text
    assert "at=990000000000" in top
    below = browser.get("/regions?at=990100000000").text
    assert "示范区" in below
    assert 'value="990100000000"' in below
    assert 'name="next" value="/items"' in browser.get("/regions?at=990000000000&next=/items").text


def test_by_name(app: Flask) -> None:
    browser = app.test_client()
    assert "at=990101000000" in browser.get("/regions?name=示范区").text
    assert "没有找到" in browser.get("/regions?name=火星").text
    assert browser.get("/regions?name=%25").status_code == 200


def test_what_is_no_region_shows_the_top(app: Flask) -> None:
    for at in ("x", "1", "999999999999", "9" * 400):
        page = app.test_client().get(f"/regions?at={at}")
        assert page.status_code == 200
        assert "at=990000000000" in page.text


def test_the_way_back_stays_in_the_hall(app: Flask) -> None:
    page = app.test_client().get("/regions?at=990000000000&next=//evil.example").text
    assert 'name="next" value="/"' in page
    assert 'value="//evil' not in page


def test_at_first_the_browser_says_where_one_came_from(app: Flask) -> None:
    for came, back in (("/items?q=x", "/items?q=x"), ("/regions?at=1", "/")):
        sent = {"Referer": f"http://localhost{came}"}
        page = app.test_client().get("/regions?at=990000000000", headers=sent).text
        assert f'name="next" value="{back}"' in page
