"""Before there is a case: the pre-check, favourites, regions and the zone, for every kind of reader."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Seen, context, sign_in
from tests.cases.halls import ALLOWANCE, NURSE

pytestmark = pytest.mark.browser


def checked(page: Page) -> None:
    """From the guide to the pre-check, and every question that may be answered by yes answered no."""
    page.goto(f"/items/{NURSE}")
    page.locator(f"main a[href='/items/{NURSE}/eligibility']").first.click()
    page.wait_for_load_state()  # what is only counted waits for nothing
    for no in page.locator("main input[type=radio][value=no]").all():
        no.check(force=True)
    page.locator("main form button.govuk-button").last.click()
    page.locator(".hall-judgement").first.wait_for()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_visitor_checks_chooses_a_region_and_looks_around(
    browser: Browser, address: str, seen: Seen, width: int
) -> None:
    page = context(browser, address, width).new_page()
    page.goto("/crossing")
    seen(page, f"40-crossing-{width}")
    page.locator("a[href='/crossing?mode=proxy']").click()
    seen(page, f"41-crossing-proxy-{width}")
    page.locator("header a[href='/regions']").click()
    page.get_by_role("link", name="示范省").click()
    seen(page, f"42-regions-{width}")
    page.get_by_role("button", name="就选示范省").click()
    page.wait_for_url("**/crossing?mode=proxy")
    page.goto("/")
    assert "示范省" in page.locator("header").inner_text()
    page.goto(f"/items/{ALLOWANCE}/eligibility")
    seen(page, f"43-eligibility-{width}")
    checked(page)
    seen(page, f"44-eligibility-judged-{width}")
    page.get_by_label("您多少周岁").fill("many")
    page.locator("main form button.govuk-button").last.click()
    page.locator(".govuk-error-summary").wait_for()
    seen(page, f"45-eligibility-wrong-{width}")


@pytest.mark.parametrize(("language", "care"), [("zh", True), ("en", False)])
def test_a_person_keeps_and_drops(
    browser: Browser, address: str, seen: Seen, language: str, care: bool
) -> None:
    page, name = context(browser, address, 390).new_page(), f"{language}{'-care' * care}"
    sign_in(page, "wang")
    page.goto("/")
    if care:
        page.locator("button[name=care]").click()
    if language == "en":
        page.locator("button[name=lang]").click()
    for url in (f"/items/{NURSE}", "/bundles/catering-opening"):
        page.goto(url)
        page.locator("form.hall-keep button").first.click()
        page.locator(".hall-keep__button--kept").first.wait_for()
    page.goto("/mine/favourites")
    seen(page, f"46-favourites-{name}")
    page.locator("form.hall-keep button").first.click()
    page.wait_for_url("**/favourites?dropped=*")
    seen(page, f"47-favourites-dropped-{name}")
    page.locator("main .hall-notice button").click()
    page.wait_for_load_state()
    assert page.locator(".hall-card").count() == 2
    checked(page)
    seen(page, f"48-eligibility-{name}")
    page.goto("/regions?name=示范")
    seen(page, f"49-regions-{name}")
    page.goto("/items")
    seen(page, f"50-items-{name}")


def test_without_script_all_of_it_works(browser: Browser, address: str) -> None:
    page = browser.new_context(base_url=address, java_script_enabled=False).new_page()
    checked(page)
    assert page.locator(".hall-judgement--unmet").count() >= 4
    sign_in(page, "wang")
    page.goto(f"/items/{NURSE}")
    page.locator("form.hall-keep button").click()
    page.goto("/mine/favourites")
    assert page.locator(".hall-card").count() == 1
