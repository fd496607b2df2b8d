"""One thing at once in the browser: four services, one consent, one form, one submission, one page."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page

from servicehall.cases.states import State
from servicehall.cli import serving as working
from servicehall.cli.journey import picture, serving
from servicehall.wiring import Hall
from tests.browser.conftest import Seen, context, sign_in
from tests.bundling.halls import SOLE, Together

pytestmark = pytest.mark.browser
SAYS = {
    "字号名称": "春风面馆", "经营场所": "示范街道春风路 8 号", "经营范围": "餐饮服务", "联系电话": "19900000001",
    "食品安全管理人员姓名": "王小明", "消防安全管理人姓名": "王小明", "所在楼层": "一层", "使用面积": "120",
    "招牌文字": "春风面馆", "尺寸": "300×80×10",
}  # fmt: skip
T = TypeVar("T")
Mark = Callable[[Page, str], None]


@pytest.fixture
def address(hall: Hall) -> Iterator[str]:
    """The very hall in which the cases lie."""
    with serving(hall) as base:
        yield base


@pytest.mark.parametrize("width", [390])
def test_wang_opens_a_restaurant(
    browser: Browser, address: str, hall: Hall, seen: Seen, width: int, tmp_path: Path
) -> None:
    def mark(page: Page, name: str) -> None:
        seen(page, f"{name}-{width}")

    citizen = context(browser, address, width).new_page()
    key = begun(citizen, mark)
    filled(citizen, mark, tmp_path)
    handed_in(citizen, mark)
    stage = Together(hall)
    (first, _) = stage.children(key)[SOLE]
    desk = context(browser, address, width).new_page()
    at_the_window(desk, mark, key, first)
    apart(lambda: (stage.through(first), working.one_round(hall)))
    citizen.goto(f"/mine/bundles/{key}")
    assert citizen.get_by_text("已提交，待受理").count() == 3
    mark(citizen, "76-bundle-moved-on")
    rest = [child for item, (child, _) in stage.children(key).items() if item != SOLE]
    apart(lambda: [stage.through(child) for child in rest])
    citizen.reload()
    citizen.get_by_text("全部办成").wait_for()
    mark(citizen, "77-bundle-done")
    assert {state for _, state in stage.children(key).values()} == {State.CLOSED}


def apart(acts: Callable[[], T]) -> T:
    """What offices do, away from the browser's own event loop."""
    with ThreadPoolExecutor(1) as office:
        return office.submit(acts).result()


def begun(page: Page, mark: Mark) -> str:
    """The guide, the situation, one consent, what was fetched; the key of the group."""
    sign_in(page, "wang")
    page.goto("/bundles/catering-opening")
    mark(page, "70-bundle-guide")
    page.get_by_role("button", name="一次申请").click()
    for question in ("venue", "sign"):
        page.locator(f"input[name={question}][value=yes]").check(force=True)
    mark(page, "71-bundle-choose")
    page.get_by_role("button", name="下一步").click()
    page.get_by_text("全程承诺 6 个工作日").wait_for()
    mark(page, "72-bundle-consent")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="同意并继续").click()
    page.wait_for_url("**/preview")
    mark(page, "73-bundle-preview")
    key = page.url.split("/")[-2]
    page.get_by_role("button", name="数据无误，继续").click()
    page.get_by_text("一次填、一次交").first.wait_for()
    mark(page, "74-bundle-tasks")
    return key


def filled(page: Page, mark: Mark, tmp_path: Path) -> None:
    """Every screen once, every paper once."""
    tasks = page.url
    for path in links(page, "/parts/"):
        page.goto(path)
        answered(page)
        if "/parts/shared" in path:
            mark(page, "74-bundle-shared")
        page.get_by_role("button", name="保存并继续").click()
        page.wait_for_url(tasks)
    for path in links(page, "/papers/"):
        page.goto(path)
        if (promise := page.get_by_role("checkbox")).count():
            promise.check()
            page.get_by_role("button", name="作出承诺").click()
        elif page.locator("input[type=file]").count():
            scan = tmp_path / "图.png"
            scan.write_bytes(picture())
            page.locator("input[type=file]").first.set_input_files(scan)
            page.get_by_role("button", name="上传并保存").click()
        page.wait_for_load_state()
    page.goto(tasks)


def links(page: Page, part: str) -> list[str]:
    found = [a.get_attribute("href") or "" for a in page.locator(f"main a[href*='{part}']").all()]
    return list(dict.fromkeys(found))


def answered(page: Page) -> None:
    """The first of every choice, and words for what is asked in words."""
    for name in dict.fromkeys(
        box.get_attribute("name") or "" for box in page.locator("main input[type=radio]").all()
    ):
        page.locator(f"main input[name={name}]").first.check(force=True)
    for name in dict.fromkeys(
        box.get_attribute("name") or "" for box in page.locator("main input[type=checkbox]").all()
    ):
        page.locator(f"main input[name={name}]").first.check(force=True)
    for label, words in SAYS.items():
        for field in page.get_by_role("textbox", name=label).all():
            if field.is_visible():
                field.fill(words)


def handed_in(page: Page, mark: Mark) -> None:
    page.get_by_role("button", name="检查并提交").click()
    page.get_by_text("前一个办成后自动提交").first.wait_for()
    mark(page, "75-bundle-check")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="一次提交全部事项").click()
    page.get_by_text("全程承诺 6 个工作日").wait_for()
    assert page.get_by_text("等前一个事项办成").count() == 3
    mark(page, "75-bundle-progress")


def at_the_window(page: Page, mark: Mark, key: str, first: str) -> None:
    """The clerk sees one group, and opens what was handed in already."""
    sign_in(page, "clerk")
    page.goto(f"/window/cases/{first}")
    page.get_by_role("link", name="开办餐饮店").click()
    page.wait_for_url(f"**/window/groups/{key}")
    mark(page, "75-bundle-window")
