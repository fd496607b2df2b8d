"""Browse: search takes anything that is typed; a guide is complete; progress needs both numbers."""

import json

import pytest
from flask import Flask

from servicehall.catalogue import items, publishing
from servicehall.kernel.work import SYSTEM
from servicehall.wiring import Hall
from tests.cases.halls import NURSE, Scene, SignIn

TYPED = [
    "护士", "%", "_", "'", '"', "\\", "*", "护士 OR 1=1", "'; DROP TABLE person; --", "<script>alert(1)</script>",
    "{{7*7}}", "%(x)s", "\u202e护士", "😀", "字" * 3000, " ", "NEAR/1", "a" * 100,
]  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_whatever_is_typed_is_only_words(app: Flask, typed: str) -> None:
    browser = app.test_client()
    for url in ("/items", "/suggest", "/api/v1/items"):
        answer = browser.get(url, query_string={"q": typed})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text or answer.is_json
        assert "49" not in answer.text or typed != "{{7*7}}" or url != "/items"


def test_what_one_looks_for_comes_first(app: Flask) -> None:
    page = app.test_client().get("/items?q=护士执业注册").text
    assert f"/items/{NURSE}" in page
    names = [item["name"] for item in app.test_client().get("/suggest?q=护士").json]  # type: ignore[union-attr]
    assert any("护士" in name for name in names)
    assert app.test_client().get("/suggest?q=").json == []


def test_what_is_suspended_says_so_in_the_list(app: Flask, hall: Hall) -> None:
    browser = app.test_client()
    try:
        with hall.work(SYSTEM) as work:
            publishing.mark(work, NURSE, state="suspended", reason="test")
            told = {"state": "suspended", "starts_on": "2026-01-01", "ends_on": "2027-01-31"}
            items.known(work, NURSE).notice = {**told, "reason": "系统升级"}
            work.commit()
        page = browser.get("/items?q=护士执业注册").text
        assert "暂停办理，2027年1月31日 之后恢复" in page
        (offered, *_) = browser.get("/suggest?q=护士执业注册").json  # type: ignore[misc]
        assert offered["department"].startswith("暂停办理 · ")
        guide = browser.get(f"/items/{NURSE}").text
        assert ["系统升级" in guide, "到窗口办理" in guide] == [True, False]
        first = browser.get("/api/v1/items?q=护士执业注册").json["items"][0]  # type: ignore[index]
        assert (first["applicable"], first["state"]) == (False, "suspended")
        assert first["suspended"] == {"ends_on": "2027-01-31", "reason": "系统升级"}
    finally:
        with hall.work(SYSTEM) as work:
            publishing.mark(work, NURSE, state="in_use", reason="test")
            items.known(work, NURSE).notice = {}
            work.commit()
    assert "暂停办理" not in browser.get("/items?q=护士执业注册").text


FILTERS = (
    "kind=natural", "kind=legal", "kind=other", "theme=natural-145", "theme=x", "department=x",
    "online=1", "kind=natural&q=证",
)  # fmt: skip


@pytest.mark.parametrize("query", FILTERS)
def test_every_filter_has_a_page(app: Flask, query: str) -> None:
    assert app.test_client().get(f"/items?{query}").status_code == 200


def test_a_guide_says_what_to_bring(app: Flask, sign_in: SignIn) -> None:
    page = app.test_client().get(f"/items/{NURSE}").text
    for words in ("护士执业注册", "免提交", "体检", "行政许可", "个工作日"):
        assert words in page
    assert sign_in("wang").get(f"/items/{NURSE}").status_code == 200


def test_progress_says_nothing_to_who_guesses(stage: Scene, app: Flask) -> None:
    key = stage.applied("wang", NURSE)
    with stage.work("wang") as work:
        case = stage.case(work, key)
        right = {"number": case.number or "", "query_code": case.query_code or ""}
    browser = app.test_client()
    page = browser.post("/progress", data=right)
    assert (page.status_code, "已提交，待受理" in page.text) == (200, True)
    assert "王雨桐" not in page.text
    wrong = browser.post("/progress", data={**right, "query_code": "22222222"})
    none = browser.post("/progress", data={"number": "9" * 23, "query_code": right["query_code"]})
    assert (wrong.status_code, none.status_code) == (404, 404)
    assert wrong.text.count("没有找到") == none.text.count("没有找到") > 0


def test_open_data_are_all_there(app: Flask) -> None:
    answer = app.test_client().get("/opendata/items.jsonl")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    lines = answer.text.splitlines()
    assert len(lines) > 1000
    assert json.loads(lines[0])["code"]


def test_english_has_no_chinese_of_ours(app: Flask) -> None:
    browser = app.test_client()
    browser.post("/prefer", data={"lang": "en"})
    page = browser.get("/").text
    assert "Nurse" in page or "nurse" in page
