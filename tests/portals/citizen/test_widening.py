"""Where nothing was found the page says what can be done: without which filter, or under which name."""

import re
from urllib.parse import unquote

from flask import Flask
from markupsafe import escape

from servicehall.finding.asking import Asked
from servicehall.portals.citizen import widening
from servicehall.portals.places import EVERYWHERE

ELSEWHERE = "440000000000"


def test_each_filter_that_stands_in_the_way_is_named_with_what_it_hides(app: Flask) -> None:
    with app.test_request_context(f"/items?q=护士执业注册&region={ELSEWHERE}"):
        app.preprocess_request()
        (one,) = widening.without(Asked(region=ELSEWHERE), "护士执业注册")
        assert (one.count >= 1, one.chinese, one.more) == (True, True, False)
        assert "region=" not in one.url
        assert widening.without(Asked(), "囧彧砼") == []
    with app.test_request_context(f"/items?q=护士执业注册&region={ELSEWHERE}&online=1"):
        app.preprocess_request()
        found = widening.without(Asked(region=ELSEWHERE, applicable=True), "护士执业注册")
        assert ["online=1" in wider.url for wider in found] == [True]
        assert found[0].whole
    with app.test_request_context(f"/items?q=护士执业注册&region={ELSEWHERE}&level=1"):
        app.preprocess_request()
        found = widening.without(Asked(region=ELSEWHERE, level=1), "护士执业注册")
        assert "level" not in found[0].url


def test_the_region_a_visitor_chose_is_left_by_saying_so(app: Flask) -> None:
    browser, name = app.test_client(), "中小学地方课程教材初审"  # an item of Guangdong only
    browser.set_cookie("region", "990101000000")
    assert "去掉“示范区”" in re.sub(r"<[^>]*>", "", browser.get(f"/items?q={name}").text)
    way_out = f"/items?q={name}&region={EVERYWHERE}"
    assert escape(way_out) in unquote(browser.get(f"/items?q={name}").text)
    assert name in browser.get(way_out).text.partition('id="results"')[2]


def test_what_has_the_most_in_common_is_offered(app: Flask) -> None:
    browser = app.test_client()
    page = browser.get("/items?q=护囧囧囧囧士").text
    assert "您是不是要找" in page
    assert "护士执业注册" in page
    page = browser.get("/items?q=开囧囧囧囧囧囧囧囧司").text
    assert "平常的说法" in page
    assert "开公司" in page


def test_a_page_with_results_and_a_list_without_words_offer_nothing_else(app: Flask) -> None:
    for url in ("/items?q=护士", "/items?department=x"):
        assert "您是不是要找" not in app.test_client().get(url).text
