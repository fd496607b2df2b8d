"""A brand-new item from nothing: written in the editor, published by a second person, applied for."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from servicehall.city.town import town
from tests.browser.conftest import Seen, context, sign_in

CODE = "1199010100000022X84991099014000"
HUB = f"/console/items/{CODE}"
CARRIES = """name=registry:population.person.name
number=registry:population.person.number
kind=literal:临时展览
destination=answer:title
since=literal:2026-12-01
authority=literal:示范区文化和旅游局"""
QUESTIONS = (
    {"code": "title", "label": "展览名称", "kind": "text"},
    {"code": "place", "label": "在哪里举办", "kind": "choice", "options": "museum=博物馆\nother=其他场所"},
    {"code": "venue", "label": "场所地址", "kind": "address", "when": "place == 'other'"},
    {"code": "phone", "label": "联系电话", "kind": "phone"},
)  # fmt: skip
PAGES: dict[str, dict[str, str]] = {
    "basic": {
        "name": "文物临时展览备案", "name_en": "Filing of an exhibition", "summary": "办展前备案。",
        "summary_en": "File before an exhibition.",
    },
    "basis": {"conditions": "展品来源合法", "quota": "无数量限制"},
    "fee": {
        "fee.name": "工本费", "fee.fen": "1000", "fee.standard": "每件 10 元", "fee.basis": "示范文件",
    },
    "contact": {
        "contact.place": "示范区政务服务中心", "contact.hours": "工作日 9:00-17:00",
        "contact.consult": "010-12345678", "contact.complain": "010-87654321",
        "remedies": "可以申请行政复议或者提起行政诉讼",
    },
}  # fmt: skip
pytestmark = pytest.mark.browser


class Editor:
    """An item administrator's hands."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, group: str) -> None:
        self.page.goto(f"{HUB}/edit/{group}")

    def fill(self, fields: dict[str, str], under: str = "") -> None:
        for name, words in fields.items():
            field = self.page.locator(f"[name='{under}{name}']")
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(words)
            else:
                field.fill(words)

    def tick(self, name: str) -> None:
        self.page.locator(f"[name='{name}.?']").check()

    def add(self, path: str) -> str:
        number = self.page.locator(f"[name='{path}.#']").input_value()
        self.page.locator(f"[value='add:{path}']").click()
        self.page.wait_for_url(f"**#{path}.{number}")
        return f"{path}.{number}."

    def save(self) -> None:
        self.page.locator(".hall-draft__bar button").click()
        self.page.get_by_text("已保存").first.wait_for()


@pytest.mark.parametrize("width", [1280])
def test_an_item_from_nothing(browser: Browser, address: str, seen: Seen, width: int) -> None:
    author, second, citizen = (context(browser, address, width).new_page() for _ in range(3))
    sign_in(author, "items")
    author.goto("/console/items/new")
    author.get_by_label("实施编码").fill(CODE)
    author.get_by_role("button", name="开始起草").click()
    author.get_by_text("先改好填写上的问题").wait_for()
    seen(author, f"60-new-hub-{width}")
    written(Editor(author), lambda name: seen(author, f"{name}-{width}"))
    author.goto(f"{HUB}/impact")
    author.get_by_text("这是新事项").wait_for()
    seen(author, f"64-new-impact-{width}")
    author.goto(HUB)
    author.get_by_text("检查通过").first.wait_for()
    author.get_by_label("改了什么、为什么改").fill("新事项")
    author.get_by_role("button", name="送审", exact=True).click()
    sign_in(second, "publisher")
    second.goto(HUB)
    second.get_by_role("button", name="发布", exact=True).click()
    second.get_by_text("已发布，新的申请按新内容办理").first.wait_for()
    applied(citizen)
    seen(citizen, f"65-new-tasks-{width}")


def written(editor: Editor, mark: Callable[[str], None]) -> None:
    """Every page that a new item needs; a mistake is named and mended."""
    editor.open("basic")
    editor.fill(PAGES["basic"])
    editor.page.locator("[name=objects][value=natural_person]").check()
    theme = editor.add("themes")
    editor.fill({"kind": "natural", "code": "998"}, theme)
    editor.save()
    editor.open("limits")
    for name, days in (("statutory", "20"), ("promised", "10")):
        editor.tick(name)
        editor.fill({f"{name}.days": days})
    editor.save()
    editor.open("basis")
    editor.fill(PAGES["basis"])
    basis = editor.add("bases")
    editor.fill({"law": "文物保护法", "article": "第四十条", "text": "示范条文"}, basis)
    editor.save()
    needed(editor)
    asked(editor, mark)
    brought(editor, mark)
    for group in ("fee", "contact"):
        editor.open(group)
        if group == "fee":
            editor.tick("fee")
        editor.fill(PAGES[group])
        editor.save()
    editor.open("faqs")
    editor.fill({"question": "要多久？", "answer": "十个工作日。"}, editor.add("faqs"))
    editor.save()
    ended(editor, mark)


def needed(editor: Editor) -> None:
    editor.open("needs")
    editor.fill(
        {"dataset": "population.person", "fields": "name\nnumber", "purpose": "核对身份"},
        editor.add("needs"),
    )
    editor.save()


def asked(editor: Editor, mark: Callable[[str], None]) -> None:
    """A section with a condition, one that repeats."""
    editor.open("questions")
    show = editor.add("sections")
    editor.fill({"code": "show", "title": "展览信息"}, show)
    for question in QUESTIONS:
        editor.fill(question, editor.add(f"{show}questions"))
    pieces = editor.add("sections")
    editor.fill({"code": "pieces", "title": "展品", "most": "3"}, pieces)
    editor.fill(
        {"code": "piece", "label": "展品名称", "kind": "text"}, editor.add(f"{pieces}questions")
    )
    editor.save()
    mark("61-new-questions")


def brought(editor: Editor, mark: Callable[[str], None]) -> None:
    """A paper that the population registry replaces, one that is handed in for a reason."""
    editor.open("materials")
    card = editor.add("materials")
    editor.fill({"code": "id_card", "name": "居民身份证", "source": "government"}, card)
    editor.fill({"standard": "在有效期内", "issuer": "公安机关"}, card)
    editor.tick(f"{card}exempt")
    editor.fill({"by": "registry", "name": "population.person"}, f"{card}exempt.")
    pieces = editor.add("materials")
    editor.fill({"code": "list", "name": "展品清单"}, pieces)
    editor.save()
    editor.page.get_by_text("没有受理标准；填写“受理标准”").wait_for()
    mark("62-new-materials")
    editor.fill({"standard": "逐件写明", "why_needed": "展品由申请人挑选"}, pieces)
    editor.fill({"basis": "《文物保护法》第四十条"}, pieces)
    editor.save()


def ended(editor: Editor, mark: Callable[[str], None]) -> None:
    """A written decision whose face takes its values from data and answers."""
    editor.open("result")
    editor.tick("result")
    kind = {"kind": "decision", "name": "备案通知书", "license_type": "medical-elsewhere"}
    editor.fill(kind, "result.")
    editor.save()
    editor.page.get_by_text("证照照面“姓名”（name）没有数据来源").wait_for()
    mark("63-new-result")
    editor.fill({"result.carries": CARRIES})
    editor.save()


def applied(page: Page) -> None:
    """Wang answers: one question comes with her answer, a second piece with another."""
    sign_in(page, "wang")
    page.goto(f"/items/{CODE}/apply")
    page.get_by_role("checkbox").check()
    page.locator("form[action$='/begin'] button").click()
    page.get_by_text("有些数据没有查询").wait_for()  # nobody has granted the new item anything yet
    page.get_by_label("请填写姓名").fill("王雨桐")
    page.get_by_label("请填写公民身份号码").fill(town().cast.wang.number)
    page.get_by_role("button", name="数据无误，继续").click()
    page.wait_for_url("**/tasks")
    page.get_by_role("link", name="展览信息").click()
    page.get_by_text("回答上面的问题后再看").wait_for()
    page.get_by_label("展览名称").fill("示范展")
    page.get_by_label("其他场所").check()
    page.get_by_label("场所地址").fill("示范路 2 号")
    page.get_by_label("联系电话").fill("19900000001")
    page.get_by_role("button", name="保存并继续").click()
    page.wait_for_url("**/tasks")
    page.get_by_role("link", name="展品", exact=True).click()
    page.get_by_label("展品名称").fill("青铜鼎")
    page.get_by_label("是", exact=True).check()
    page.get_by_role("button", name="保存并继续").click()
    page.wait_for_url("**/tasks")
    page.get_by_role("link", name="展品（2）").wait_for()
