"""Two item administrators and two citizens: edit, impact, propose, publish, new guide, old case unchanged."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Seen, context, sign_in, signed_in

NURSE = "119901010000002388499012300200001"
DISABILITY = "1199010100000011574990511002000"
HUB = f"/console/items/{NURSE}"
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_two_persons_change_an_item(browser: Browser, address: str, seen: Seen, width: int) -> None:
    author, second, citizen = (context(browser, address, width).new_page() for _ in range(3))
    problems: list[str] = []
    for page in (author, second, citizen):
        page.context.on("weberror", lambda e: problems.append(str(e.error)))

    def mark(page: Page, name: str) -> None:
        seen(page, f"{name}-{width}")

    old = begun(citizen)
    edited(author, mark)
    weighed(author, mark)
    author.get_by_label("改了什么、为什么改").fill("体检改为三个月内，增加科室")
    author.get_by_role("button", name="送审", exact=True).click()
    author.get_by_text("已送审").first.wait_for()
    assert author.get_by_role("button", name="发布", exact=True).count() == 0
    published(second, mark)
    citizen.goto(f"/items/{NURSE}")
    citizen.get_by_text("3 个月内的健康体检报告").first.wait_for()
    mark(citizen, "48-new-guide")
    citizen.goto(old)
    citizen.get_by_text("6 个月内的健康体检报告").first.wait_for()
    assert not problems


def begun(page: Page, item: str = NURSE) -> str:
    """Wang begins under the wording of today; the address of her tasks."""
    sign_in(page, "wang")
    page.goto(f"/items/{item}/apply")
    page.get_by_role("checkbox").check()
    page.locator("form[action$='/begin'] button").click()
    page.wait_for_url("**/preview")
    page.get_by_role("button", name="数据无误，继续").click()
    page.wait_for_url("**/tasks")
    return page.url


def edited(page: Page, mark) -> None:  # type: ignore[no-untyped-def]
    """A material gets another name, the form a question with a condition; problems are mended."""
    sign_in(page, "items")
    page.goto("/console/items")
    mark(page, "40-items")
    page.get_by_role("link", name="护士执业注册").first.click()
    page.get_by_role("button", name="按现行版本起草").click()
    page.get_by_text("检查通过").first.wait_for()
    mark(page, "41-hub")
    page.goto(f"{HUB}/edit/materials")
    page.locator("summary", has_text="健康体检报告").click()
    page.locator("[name='materials.4.name']").fill("3 个月内的健康体检报告")
    page.locator("[name='materials.4.standard']").fill("")
    page.locator("form button", has_text="保存本页").last.click()
    page.get_by_text("没有受理标准").first.wait_for()
    mark(page, "42-edit-wrong")
    page.locator("[name='materials.4.standard']").fill("体检日期在 3 个月以内")
    page.locator("form button", has_text="保存本页").last.click()
    page.get_by_text("已保存").first.wait_for()
    page.goto(f"{HUB}/edit/questions")
    page.locator("summary", has_text="执业信息").click()
    page.locator("[value='add:sections.0.questions']").click()
    page.wait_for_url("**#sections.0.questions.3")
    for name, words in (("code", "ward"), ("label", "科室"), ("when", "delivery == 'post'")):
        page.locator(f"[name='sections.0.questions.3.{name}']").fill(words)
    page.locator("[name='sections.0.questions.3.kind']").select_option("text")
    page.locator("form button", has_text="保存本页").last.click()
    page.get_by_text("已保存").first.wait_for()
    mark(page, "43-edit-questions")


def weighed(page: Page, mark) -> None:  # type: ignore[no-untyped-def]
    """Impact, rehearsal, guide and form of the draft."""
    page.goto(HUB)
    page.get_by_text("检查通过").first.wait_for()
    page.get_by_role("link", name="影响预览").click()
    page.get_by_text("1 件办件正在办理").first.wait_for()
    mark(page, "44-impact")
    page.goto(f"{HUB}/rehearsal")
    page.get_by_text("证照照面齐全").first.wait_for()
    mark(page, "45-rehearsal")
    for path in ("guide", "form"):
        page.goto(f"{HUB}/{path}")
        mark(page, f"46-{path}")
    page.goto(HUB)


def published(page: Page, mark) -> None:  # type: ignore[no-untyped-def]
    """The second person looks and publishes; the versions are compared."""
    sign_in(page, "publisher")
    page.goto(HUB)
    mark(page, "47-to-publish")
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_text("已发布，新的申请按新内容办理").first.wait_for()
    page.get_by_role("link", name="全部版本").click()
    page.get_by_text("3 个月内的健康体检报告").first.wait_for()
    mark(page, "49-versions")
    page.goto("/console/items/new")
    mark(page, "50-new")


def test_the_editor_speaks_english_and_works_without_script(
    browser: Browser, address: str, seen: Seen
) -> None:
    page = context(browser, address, 390).new_page()
    sign_in(page, "items")
    page.locator("button[name=lang]").click()
    page.goto(HUB)
    page.get_by_role("button", name="Draft from the version in force").click()
    for path in ("", "/edit/basic", "/edit/steps", "/impact", "/rehearsal", "/versions"):
        page.goto(HUB + path)
        seen(page, f"51-english{path.replace('/', '-')}-390")
    plain = browser.new_context(base_url=address, java_script_enabled=False).new_page()
    sign_in(plain, "items")
    plain.goto(f"{HUB}/edit/faqs")
    plain.locator("[value='add:faqs']").click()
    plain.locator("[name='faqs.3.question']").fill("可以代办吗？")
    plain.locator("[name='faqs.3.answer']").fill("可以。")
    plain.locator("[value='up:faqs.3']").click()
    plain.locator("form button", has_text="保存本页").last.click()
    assert plain.locator("[name='faqs.2.question']").input_value() == "可以代办吗？"


def test_a_draft_saves_itself(browser: Browser, address: str, seen: Seen) -> None:
    made = context(browser, address, 1280)
    page, other = made.new_page(), made.new_page()
    sign_in(page, "items")
    page.goto(HUB)
    page.get_by_role("button", name="按现行版本起草").click()
    quota, state = page.locator("[name=quota]"), page.locator("[data-draft-state]")
    page.goto(f"{HUB}/edit/basis")
    quota.fill("每年 300 名")
    state.get_by_text("未保存").wait_for()
    state.get_by_text("已自动保存").wait_for()
    made.set_offline(True)
    quota.fill("每年 400 名")
    state.get_by_text("网络中断，继续尝试").wait_for()
    quota.fill("每年 500 名")
    made.set_offline(False)
    state.get_by_text("已自动保存").wait_for()
    seen(page, "52-autosaved-1280")
    other.goto(f"{HUB}/edit/basis")
    assert other.locator("[name=quota]").input_value() == "每年 500 名"
    other.locator("[name=quota]").fill("每年 600 名")
    other.locator("form button", has_text="保存本页").last.click()
    other.get_by_text("已保存").first.wait_for()
    quota.fill("每年 700 名")
    state.get_by_text("版本冲突").wait_for()
    state.get_by_role("button", name="查看两边的不同").click()
    page.get_by_text("每年 600 名").wait_for()
    page.get_by_text("每年 700 名").wait_for()
    seen(page, "53-both-sides-1280")
    page.get_by_role("button", name="打开最新内容").click()
    made.clear_cookies()  # the session is over
    quota.fill("每年 800 名")
    state.get_by_role("link", name="重新登录").click()
    signed_in(page, "items")
    assert quota.input_value() == "每年 800 名"
    state.get_by_text("已自动保存").wait_for()


@pytest.mark.parametrize("width", [1280, 390])
def test_questions_come_and_go_with_the_answers(
    browser: Browser, address: str, seen: Seen, width: int
) -> None:
    page = context(browser, address, width).new_page()
    begun(page, DISABILITY)
    page.goto(page.url.replace("/tasks", "/sections/subsidy"))
    page.get_by_text("回答上面的问题后再看").wait_for()
    seen(page, f"54-asked-later-{width}")
    page.get_by_label("重度残疾人护理补贴").check()
    page.get_by_text("请继续回答：需要长期照护吗？").wait_for(state="attached")
    page.get_by_label("是", exact=True).check()
    seen(page, f"55-asked-now-{width}")
    # By key: a click aimed while the page of a narrow screen is still moving can miss.
    page.get_by_label("困难残疾人生活补贴").press("Space")
    page.get_by_text("不用再回答：需要长期照护吗？").wait_for(state="attached")
    assert page.locator("[data-asked] legend").count() == 0
    page.get_by_label("一级").check()
    page.get_by_label("视力").check()
    page.get_by_label("残疾人证号").fill("99010219850615001943")
    page.get_by_role("button", name="保存并继续").click()
    page.wait_for_url("**/tasks")
