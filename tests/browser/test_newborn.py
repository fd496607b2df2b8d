"""A newborn in the browser: one consent, one form, three services one after the other, all granted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from servicehall.cases.states import State
from servicehall.cli import serving as working
from servicehall.cli.journey import serving
from servicehall.wiring import Hall
from tests.browser import test_together as together
from tests.browser.conftest import Seen, context, sign_in
from tests.bundling.halls import BIRTH, Together

pytestmark = pytest.mark.browser
WIDTH = 390
SAYS = {
    "新生儿姓名": "王小满", "出生日期": "2026-02-01", "出生地": "示范医院", "出生医学证明编号": "T990000001",
    "联系电话": "19900000001",
}  # fmt: skip


@pytest.fixture
def address(hall: Hall) -> Iterator[str]:
    """The very hall in which the cases lie."""
    with serving(hall) as base:
        yield base


def test_wang_registers_her_child(
    browser: Browser, address: str, hall: Hall, seen: Seen, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(together, "SAYS", SAYS)
    page = context(browser, address, WIDTH).new_page()
    key = begun(page)
    together.filled(page, lambda *_: None, tmp_path)
    page.get_by_role("button", name="检查并提交").click()
    seen(page, "91-newborn-check-390")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="一次提交全部事项").click()
    page.get_by_text("等前一个事项办成").first.wait_for()
    stage = Together(hall)
    (first, _) = stage.children(key)[BIRTH]
    together.apart(lambda: (stage.through(first), working.one_round(hall)))
    rest = [child for item, (child, _) in stage.children(key).items() if item != BIRTH]
    together.apart(lambda: [stage.through(child) for child in rest])
    page.reload()
    page.get_by_text("全部办成").wait_for()
    seen(page, "92-newborn-done-390")
    assert {state for _, state in stage.children(key).values()} == {State.CLOSED}


def begun(page: Page) -> str:
    """The situation, one consent, what was fetched; the key of the group."""
    sign_in(page, "wang")
    page.goto("/bundles/newborn")
    page.get_by_role("button", name="一次申请").click()
    for question in ("insure", "card"):
        page.locator(f"input[name={question}][value=yes]").check(force=True)
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="同意并继续").click()
    page.wait_for_url("**/preview")
    key = page.url.split("/")[-2]
    page.get_by_role("button", name="数据无误，继续").click()
    page.get_by_text("一次填、一次交").first.wait_for()
    return key
