"""Once-only in the browser: a registry changes between submission and decision; who sees what."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from servicehall.city.ledger import Ledger
from servicehall.city.town import town
from servicehall.cli.journey import serving
from servicehall.wiring import Hall
from tests.browser.conftest import Seen, context, sign_in
from tests.builders import NOON
from tests.cases.halls import NURSE
from tests.journeys.stage import Stage

pytestmark = pytest.mark.browser


@pytest.fixture
def address(hall: Hall) -> Iterator[str]:
    """The very hall in which the case lies."""
    with serving(hall) as base:
        yield base


@pytest.fixture
def key(hall: Hall) -> str:
    """A nurse's case in which only the decision is missing, and the registry has changed since."""
    stage = Stage(hall)
    made = stage.applied("wang", NURSE)
    stage.accepted(made)
    stage.agreed("reviewer-health", made)
    ledger = Ledger.open(hall.settings.folder)
    change = {"school": "示范第二医学院"}
    ledger.amend("education.degree", town().cast.wang.number, change, reason="更正", at=NOON)
    ledger.close()
    return made


@pytest.mark.parametrize("width", [1280, 390])
def test_the_reviewer_sees_what_changed_before_deciding(
    browser: Browser, address: str, seen: Seen, key: str, width: int
) -> None:
    page = context(browser, address, width).new_page()
    sign_in(page, "reviewer-health")
    page.goto(f"/window/cases/{key}")
    page.locator("form[action$='/grant'] button").click()
    page.get_by_text("复核发现数据有变化").first.wait_for()
    assert page.locator("del", has_text="示范卫生职业学院").count() == 1
    assert page.locator("ins", has_text="示范第二医学院").count() == 1
    seen(page, f"60-recheck-{width}")
    page.locator("form[action$='/changes-seen'] button").click()
    page.get_by_text("已确认看过").wait_for()
    page.locator("form[action$='/grant'] button").click()
    page.get_by_text("已准予").first.wait_for()
    told(page, seen, key, width)


def told(page: Page, seen: Seen, key: str, width: int) -> None:
    """The citizen sees the change, the consent and every look, and objects."""
    page.context.clear_cookies()
    sign_in(page, "wang")
    page.goto(f"/mine/cases/{key}")
    page.locator("ins", has_text="示范第二医学院").wait_for()
    seen(page, f"61-case-changed-{width}")
    page.goto(f"/mine/cases/{key}/facts/education.degree.school/dispute")
    page.get_by_role("button", name="提出异议").click()
    page.locator(".govuk-error-summary").wait_for()
    seen(page, f"62-dispute-wrong-{width}")
    page.get_by_role("main").get_by_role("textbox").fill("毕业证书上不是这个学校")
    page.get_by_role("button", name="提出异议").click()
    page.get_by_text("正在核查").wait_for()
    seen(page, f"63-dispute-{width}")
    for path, name in (("/mine/disputes", "disputes"), ("/mine/usage", "usage"),
                       ("/resources", "resources"), ("/resources/education.degree", "resource")):  # fmt: skip
        page.goto(path)
        seen(page, f"64-{name}-{width}")
    page.context.clear_cookies()
    sign_in(page, "reviewer-education")
    page.goto("/window/disputes")
    seen(page, f"65-disputes-desk-{width}")
    page.get_by_role("main").locator("table a").first.click()
    page.get_by_role("button", name="答复").click()
    page.locator(".govuk-error-summary").wait_for()
    seen(page, f"66-dispute-desk-{width}")
    page.locator("input[value=corrected]").check(force=True)
    page.get_by_label("更正后的值").fill("示范卫生健康学院")
    page.get_by_label("核查情况和理由").fill("已按毕业证书更正")
    page.get_by_role("button", name="答复").click()
    page.get_by_text("已答复，当事人已收到通知").wait_for()
