"""The list of items on a phone and by keyboard, and the way out of a search without results."""

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


def test_filters_and_list_are_in_reach_of_each_other_on_a_phone(
    browser: Browser, address: str
) -> None:
    page = browser.new_context(base_url=address).new_page()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/items?q=许可")
    jump = page.get_by_role("link", name="筛选这些事项")
    jump.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#filters")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#filters') !== null")
    page.get_by_role("link", name="回到事项列表").click()
    expect(page.locator("#results")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(jump).to_be_hidden()
    page.goto("/items?q=护囧囧囧囧士")
    page.get_by_role("link", name="护士执业注册", exact=True).first.click()
    expect(page.locator(".hall-card__link").first).to_have_text("护士执业注册")
