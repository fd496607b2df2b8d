"""An instant decision in the browser: from the submit button to the license, explained rule by rule."""

import time

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Seen, context, sign_in

pytestmark = pytest.mark.browser
ELSEWHERE = "1199010100000066824992066001000"


@pytest.mark.parametrize("width", [390])
def test_treatment_elsewhere_is_granted_at_once(
    browser: Browser, address: str, seen: Seen, width: int
) -> None:
    """王 asks to be treated elsewhere; the time from submit to license is printed, not judged."""
    page = context(browser, address, width).new_page()
    filled(page)
    page.get_by_role("checkbox").check()
    began = time.monotonic()
    page.locator("form[action$='/submit'] button").click()
    page.get_by_text("已按公布的规则当场批准").wait_for()
    license = page.get_by_role("button", name="查看证照")
    license.wait_for()
    print(f"\nfrom submit to license: {time.monotonic() - began:.2f} s")
    assert page.get_by_text("在示范区参保，状态正常").count() == 1
    seen(page, f"80-instant-case-{width}")
    license.click()
    page.wait_for_url("**/mine/licenses/**")
    seen(page, f"81-instant-license-{width}")


def filled(page: Page) -> None:
    """Consent, what was fetched, one screen, one promise, the check page."""
    sign_in(page, "wang")
    page.goto(f"/items/{ELSEWHERE}/apply")
    page.get_by_role("checkbox").check()
    page.locator("form[action$='/begin'] button").click()
    page.wait_for_url("**/preview")
    page.get_by_role("button", name="数据无误，继续").click()
    page.wait_for_url("**/tasks")
    page.get_by_role("link", name="备案信息").click()
    page.locator("input[name=kind][value=resident]").check(force=True)
    page.get_by_label("就医地").fill("示范二省示范二市")
    page.get_by_label("开始日期").fill("2026-12-01")
    page.get_by_label("联系电话").fill("19900000001")
    page.get_by_role("button", name="保存并继续").click()
    page.wait_for_url("**/tasks")
    page.get_by_role("link", name="异地居住或者就医的承诺").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="作出承诺").click()
    page.wait_for_url("**/tasks")
    page.get_by_role("button", name="检查并提交").click()
    page.wait_for_url("**/check")
