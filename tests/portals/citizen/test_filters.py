"""The list's filters: numbers beside them, chips to take them away, nothing in the address breaks it."""

import pytest
from flask import Flask

PAGES = (
    "q=证&kind=natural&theme=natural-999&region=990101000000&level=4&object=natural_person&online=1",
    "region=44", "region=999999999999", "object=x", "level=x", "level=9", "theme=natural-%",
    "q=公证&department=114400000069401674", "q=zzzz&kind=legal", "q=食频经营许可", "q=单位食堂经营",
)  # fmt: skip


@pytest.mark.parametrize("query", PAGES)
def test_every_address_has_a_page(app: Flask, query: str) -> None:
    browser = app.test_client()
    assert browser.get(f"/items?{query}").status_code == 200
    browser.post("/prefer", data={"lang": "en"})
    assert browser.get(f"/items?{query}").status_code == 200


def test_filters_show_what_they_leave_and_how_to_go_back(app: Flask) -> None:
    page = app.test_client().get("/items?region=990000000000&level=4&q=许可").text
    for words in ("示范省", "县级", "示范市", "企业和其他组织", "准营准办"):
        assert words in page
    assert 'href="/items?q=%E8%AE%B8%E5%8F%AF&amp;region=990000000000"' in page  # without the level
    assert "%3B" not in page


def test_pages_follow_by_a_word_in_the_address(app: Flask) -> None:
    browser = app.test_client()
    first = browser.get("/items").text
    after = first.split("after=")[1].split('"')[0]
    second = browser.get(f"/items?after={after}").text
    assert "回到第一页" in second
    assert "回到第一页" not in first
    assert browser.get("/items?after=20").location == "/items"  # a place there is not
    assert browser.get(f"/items?q=x&after={after}").location == "/items?q=x"  # nor of this search


def test_how_it_was_found_is_said(app: Flask) -> None:
    browser = app.test_client()
    for query, words in (
        ("食频经营许可", "与您输入的接近"), ("单位食堂经营", "的说明里有"), ("zzzz", "别人常搜"),
        ("我想开个饭店", "您可能要办"),
    ):  # fmt: skip
        assert words in browser.get(f"/items?q={query}").text
