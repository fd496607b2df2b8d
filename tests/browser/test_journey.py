"""王, a clerk, a reviewer and a verifier in browsers of their own: from a search word to 有效."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from servicehall.cli.journey import picture
from tests.browser.conftest import Seen, context, sign_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_the_whole_journey(
    browser: Browser, address: str, seen: Seen, width: int, tmp_path: Path
) -> None:
    citizen, desk, verifier = (context(browser, address, width) for _ in range(3))
    problems: list[str] = []
    for one in (citizen, desk, verifier):
        one.on(
            "console",
            lambda m: (
                problems.append(m.text)
                if m.type == "error" and "(UNPROCESSABLE" not in m.text
                else None
            ),
        )
        one.on("weberror", lambda e: problems.append(str(e.error)))

    def mark(page: Page, name: str) -> None:
        seen(page, f"{name}-{width}")

    key = applied(citizen.new_page(), mark, tmp_path)
    handled(desk.new_page(), mark, key)
    pdf = collected(citizen.pages[0], mark, key, tmp_path)
    verified(verifier.new_page(), mark, pdf, citizen.pages[0])
    assert not problems


def applied(page: Page, mark, tmp_path: Path) -> str:  # type: ignore[no-untyped-def]
    """Search, guide, sign in, consent, preview, questions, one upload, check, receipt."""
    page.goto("/")
    mark(page, "01-home")
    page.locator("#q").fill("护士")
    page.locator("form[role=search] button").first.click()
    mark(page, "02-search")
    page.get_by_role("link", name="护士执业注册").first.click()
    mark(page, "03-guide")
    page.locator("main a[href$='/apply']").first.click()
    mark(page, "04-signin")
    page.get_by_label("用户名").fill("wang")
    page.get_by_label("密码", exact=True).fill("wrong")
    page.locator("main form[method=post] button:not([type=button])").click()
    mark(page, "05-signin-wrong")
    page.get_by_label("密码", exact=True).fill("Hall-demo-2026")
    page.locator("main form[method=post] button:not([type=button])").click()
    mark(page, "06-consent")
    page.get_by_role("checkbox").check()
    page.locator("form[action$='/begin'] button").click()
    page.wait_for_url("**/preview")
    mark(page, "07-preview")
    page.get_by_role("button", name="数据无误，继续").click()
    page.wait_for_url("**/tasks")
    mark(page, "08-tasks")
    page.get_by_role("link", name="执业信息").click()
    page.locator("main form[method=post] button:not([type=button])").last.click()
    mark(page, "09-section-wrong")
    page.get_by_label("执业机构").fill("示范区人民医院")
    page.get_by_label("联系电话").fill("19900000001")
    page.get_by_label("只要电子证照").check()
    page.locator("main form[method=post] button:not([type=button])").last.click()
    page.wait_for_url("**/tasks")
    page.get_by_role("link", name="体检报告").click()
    mark(page, "10-material")
    scan = tmp_path / "体检报告.png"
    scan.write_bytes(picture())
    page.locator("input[type=file]").set_input_files(scan)
    page.get_by_role("button", name="上传并保存").click()
    page.wait_for_url("**/tasks")
    page.locator("a[href$='/check']").first.click()
    mark(page, "11-check")
    page.get_by_role("checkbox").check()
    page.locator("form[action$='/submit'] button").click()
    page.wait_for_url("**/receipt")
    mark(page, "12-receipt")
    return page.url.split("/")[-2]


def handled(page: Page, mark, key: str) -> None:  # type: ignore[no-untyped-def]
    """The clerk accepts; the reviewer agrees and grants."""
    sign_in(page, "clerk")
    mark(page, "13-queue")
    page.goto(f"/window/cases/{key}")
    mark(page, "14-case-clerk")
    page.locator("form[action$='/accept'] button").click()
    page.get_by_text("已受理，办理时限从明天起计算").wait_for()
    page.context.clear_cookies()
    sign_in(page, "reviewer-health")
    page.goto(f"/window/cases/{key}")
    mark(page, "15-case-reviewer")
    page.locator("form[action$='/opinion'] input[value=yes]").check(force=True)
    page.locator("form[action$='/opinion'] button").click()
    page.get_by_text("审查意见已提交").wait_for()
    page.locator("form[action$='/grant'] button").click()
    page.get_by_text("已准予").first.wait_for()
    mark(page, "16-case-closed")


def collected(page: Page, mark, key: str, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    """The citizen's space, case and license; the PDF."""
    page.goto("/mine/")
    mark(page, "17-space")
    page.goto(f"/mine/cases/{key}")
    mark(page, "18-case")
    page.goto("/mine/licenses")
    mark(page, "19-licenses")
    page.get_by_role("main").locator("a[href^='/mine/licenses/']").first.click()
    mark(page, "20-license")
    with page.expect_download() as download:
        page.locator("a[href$='.pdf']").first.click()
    pdf = tmp_path / "license.pdf"
    download.value.save_as(pdf)
    page.goto("/mine/usage")
    mark(page, "21-usage")
    page.goto("/mine/messages")
    mark(page, "22-messages")
    return pdf


def verified(page: Page, mark, pdf: Path, citizen: Page) -> None:  # type: ignore[no-untyped-def]
    """A department verifies by code, by the address in the QR code, and by the file."""
    citizen.goto("/mine/licenses")
    code = citizen.locator("a[href^='/mine/licenses/']").first.get_attribute("href")
    assert code
    code = code.rsplit("/", 1)[-1]
    sign_in(page, "verifier")
    page.goto("/verify/")
    mark(page, "23-verify")
    page.get_by_role("main").get_by_role("textbox").first.fill(code)
    page.get_by_role("button", name="开始核验").click()
    page.get_by_text("证照真实，当前有效").first.wait_for()
    mark(page, "24-verdict-code")
    page.goto(f"/verify/{code}")
    page.get_by_text("证照真实，当前有效").first.wait_for()
    page.goto("/verify/")
    page.locator("input[type=file]").set_input_files(pdf)
    page.get_by_role("button", name="开始核验").click()
    page.get_by_text("证照真实，当前有效").first.wait_for()
    mark(page, "25-verdict-file")
    altered = pdf.with_name("altered.pdf")
    altered.write_bytes(pdf.read_bytes() + b"\n")
    page.goto("/verify/")
    page.locator("input[type=file]").set_input_files(altered)
    page.get_by_role("button", name="开始核验").click()
    page.get_by_text("内容与签名不符").first.wait_for()
    mark(page, "26-verdict-altered")
    citizen.goto("/mine/usage")
    citizen.get_by_text("核验电子证照").first.wait_for()


def test_everyone_else_can_read_it_too(browser: Browser, address: str, seen: Seen) -> None:
    """Care mode, English, no script, and the desks of supervisor, items and auditor."""
    page = context(browser, address, 390).new_page()
    page.goto("/")
    page.locator(
        "form[action='/prefer'] button[name=care], form:has(input[name=care]) button"
    ).first.click()
    seen(page, "30-home-care-390")
    page.locator("html.care").wait_for()
    page.locator("button[name=lang]").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    seen(page, "31-home-care-english-390")
    page.locator("button[name=care]").first.click()
    page.locator("html:not(.care)").wait_for()
    seen(page, "31-home-english-390")
    for login, path, name in (
        ("supervisor", "/console/", "32-board"), ("items", "/console/items", "33-items"),
        ("auditor", "/console/audit", "34-audit"),
    ):  # fmt: skip
        desk = context(browser, address, 1280).new_page()
        sign_in(desk, login)
        desk.goto(path)
        seen(desk, name)


def test_without_script_the_hall_still_works(browser: Browser, address: str) -> None:
    page = browser.new_context(base_url=address, java_script_enabled=False).new_page()
    sign_in(page, "wang")
    page.goto("/items?q=身份证")
    page.get_by_role("link", name="居民身份证补领").first.click()
    page.locator("main a[href$='/apply']").first.click()
    page.get_by_role("checkbox").check()
    page.locator("form[action$='/begin'] button").click()
    page.wait_for_url("**/preview")
    page.get_by_text("人口库").first.wait_for()
