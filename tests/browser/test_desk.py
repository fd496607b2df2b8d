"""The window in the browser: two clerks at one case, three departments side by side, a case at the counter."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from servicehall.city.town import town
from servicehall.cli.journey import serving
from servicehall.wiring import Hall
from tests.browser.conftest import Seen, context, sign_in
from tests.cases.halls import ALLOWANCE, ID_CARD, NURSE, VENUE, Scene

pytestmark = pytest.mark.browser


@pytest.fixture
def address(hall: Hall) -> Iterator[str]:
    """The very hall in which the cases lie."""
    with serving(hall) as base:
        yield base


def at(browser: Browser, address: str, width: int, login: str, path: str = "/window/") -> Page:
    page = context(browser, address, width).new_page()
    sign_in(page, login)
    page.goto(path)
    return page


def press(page: Page, act: str) -> None:
    page.locator(f"form[action$='/{act}'] button").first.click()


def announce(page: Page) -> None:
    """A hearing with its day, hour and place; without the hour nothing of the rest is lost."""
    page.get_by_label("听证日期").fill("2026-03-16")
    page.get_by_label("听证地点").fill("市民中心三楼听证室")
    page.get_by_label("听证主持人").fill("孙三")
    press(page, "suspend")
    page.get_by_role("link", name="请填写听证时间").click()
    assert page.get_by_label("听证时间").evaluate("one => one === document.activeElement")
    page.get_by_label("听证时间").fill("09:30")
    press(page, "suspend")
    page.get_by_text("特别程序已开始").wait_for()
    page.get_by_text("2026年3月16日 09:30 举行").wait_for()


@pytest.mark.parametrize("width", [1280])
def test_two_clerks_edit_one_case(
    browser: Browser, address: str, hall: Hall, seen: Seen, width: int
) -> None:
    stage = Scene(hall)
    key = stage.applied("wang", NURSE)
    stage.applied("chen", ID_CARD)
    first = at(browser, address, width, "clerk")
    seen(first, f"70-queue-{width}")
    first.goto(f"/window/cases/{key}")
    second = at(browser, address, width, "clerk-two", f"/window/cases/{key}")
    second.get_by_text("一次性告知补正").click()
    second.get_by_label("需要补正的全部内容").fill("照片不清晰，请重新拍摄")
    press(first, "accept")
    first.get_by_text("已受理，办理时限从明天起计算").wait_for()
    press(second, "correction")
    second.get_by_text("在您填写的时候，这件事有了变化").wait_for()
    assert second.get_by_text("照片不清晰，请重新拍摄").count() >= 1
    assert second.get_by_text("受理，办理时限开始计算").count() >= 1
    seen(second, f"71-clash-{width}")
    press(first, "claim")
    first.get_by_text("在您名下").wait_for()
    seen(first, f"72-claimed-{width}")
    second.goto(f"/window/cases/{key}")
    second.get_by_text("综合窗口 正在办理").wait_for()
    seen(second, f"73-locked-{width}")
    second.get_by_label("接手的理由").fill("同事离岗")
    press(second, "claim")
    second.get_by_text("在您名下").wait_for()
    first.goto("/window/?q=王雨桐")
    first.get_by_role("link", name="9901").first.wait_for()
    seen(first, f"74-found-{width}")
    first.goto("/window/")
    first.get_by_role("checkbox").first.check()
    first.get_by_role("button", name="批量受理选中的").click()
    first.get_by_role("button", name="确认：批量受理 1 件").wait_for()
    seen(first, f"75-several-{width}")
    first.get_by_role("button", name="确认：批量受理 1 件").click()
    first.get_by_text("办成 1 件，没有办成 0 件").wait_for()
    seen(first, f"76-outcomes-{width}")


def test_three_departments_side_by_side_with_the_clock_stopped(
    browser: Browser, address: str, hall: Hall, seen: Seen
) -> None:
    stage, width = Scene(hall), 1280
    firm = stage.firm()
    key = stage.applied("li", VENUE, firm)
    clerk = at(browser, address, width, "clerk", f"/window/cases/{key}")
    press(clerk, "accept")
    clerk.get_by_text("已受理，办理时限从明天起计算").wait_for()
    police = at(browser, address, width, "reviewer-police", f"/window/cases/{key}")
    police.get_by_text("您只看到与本部门审查有关的内容").wait_for()
    assert police.get_by_text("边界噪声检测报告").count() == 0
    police.get_by_text("需要申请人补充").click()
    police.get_by_label("需要补充什么、为什么").fill("请说明监控覆盖的范围")
    press(police, "supplement")
    police.get_by_text("等待窗口转告").wait_for()
    seen(police, "77-part-1280")
    clerk.goto("/window/?list=relay")
    clerk.get_by_role("link", name="9901").first.click()
    press(clerk, "supplement/pass")
    clerk.get_by_label("答复（申请人补充的内容").fill("出入口和通道全覆盖")
    seen(clerk, "78-relay-1280")
    press(clerk, "supplement/answer")
    police.goto(f"/window/cases/{key}")
    police.get_by_text("出入口和通道全覆盖").wait_for()
    culture = at(browser, address, width, "reviewer-culture", f"/window/cases/{key}")
    culture.get_by_text("启动特别程序（计时暂停）").click()
    announce(culture)
    with stage.work("auditor") as work:
        paused = stage.case(work, key).due_on
    stage.clock.forward(days=14)  # every session is over by then
    culture = at(browser, address, width, "reviewer-culture", f"/window/cases/{key}")
    culture.get_by_label("结果").fill("现场符合要求")
    press(culture, "resume")
    culture.get_by_text("继续计时").first.wait_for()
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        assert case.due_on is not None
        assert paused is not None
        assert case.due_on < paused  # the procedure took less than was planned
    for login in ("reviewer-police", "reviewer-fire", "reviewer-health"):
        page = at(browser, address, width, login, f"/window/cases/{key}")
        page.get_by_label("同意", exact=True).check()
        press(page, "opinion")
        page.get_by_text("审查意见已提交").wait_for()
    culture.goto(f"/window/cases/{key}")
    seen(culture, "79-decide-1280")
    press(culture, "grant")
    culture.get_by_text("已准予").first.wait_for()


@pytest.mark.parametrize("width", [390])
def test_a_case_at_the_counter(
    browser: Browser, address: str, hall: Hall, seen: Seen, width: int
) -> None:
    chen = town().cast.chen
    page = at(browser, address, width, "clerk", "/window/reception")
    page.get_by_role("button", name="证件与本人一致").click()
    page.locator(".govuk-error-summary").wait_for()
    seen(page, f"80-reception-wrong-{width}")
    page.get_by_label("公民身份号码", exact=True).fill(chen.number)
    page.get_by_label("证件上的姓名").fill(chen.name)
    page.get_by_label("居民身份证（读卡并与本人核对）").check()
    page.get_by_role("button", name="证件与本人一致").click()
    page.get_by_text("身份已核验").wait_for()
    seen(page, f"81-reception-{width}")
    page.get_by_label("要办的事项").select_option(ALLOWANCE)
    page.get_by_role("button", name="开始办理").click()
    page.get_by_text("请申请人阅读并签名").wait_for()
    seen(page, f"82-consent-{width}")
    page.get_by_role("checkbox").check()
    page.locator("form[action$='/begin'] button").click()
    page.wait_for_url("**/preview")
    page.get_by_text(chen.name).first.wait_for()
    key = page.url.split("/")[-2]
    Scene(hall).fill("chen", key)
    page.goto(f"/cases/{key}/check")
    page.get_by_role("checkbox").check()
    page.locator("form[action$='/submit'] button").click()
    page.wait_for_url("**/receipt")
    seen(page, f"83-receipt-{width}")
    page.get_by_role("button", name="申请人已离开").click()
    page.get_by_role("button", name="证件与本人一致").wait_for()
