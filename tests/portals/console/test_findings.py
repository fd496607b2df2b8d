"""Problems are shown on their page, beside their element, in the language of the console."""

import pytest
from flask import Flask

from servicehall.catalogue import drafts
from servicehall.kernel.errors import NotFound
from servicehall.portals.console import findings, labels
from servicehall.standard.problems import Problem, problem
from servicehall.standard.schema import Item, Need, Question
from tests.cases.halls import FUND, Scene, SignIn


def test_every_element_has_one_page() -> None:
    named = [name for group in labels.GROUPS for name in findings.names(group)]
    assert sorted(named) == sorted(Item.model_fields)
    with pytest.raises(NotFound):
        findings.names("nothing")


def test_problems_are_sorted_by_page_and_named(app: Flask) -> None:
    body = {"materials": [{"code": "photo"}], "quota": ""}
    wrong = [
        problem("material.standard", "materials.photo.standard", "没有受理标准", "补充"),
        Problem("code.parts", "code", "不一致", "改正"),
    ]
    with app.test_request_context():
        rows = findings.found(body, wrong)
    assert [(row.group, row.path) for row in rows] == [
        ("basic", "code"), ("materials", "materials.0.standard"),
    ]  # fmt: skip
    assert rows[1].place == "申请材料 · 1 · 标准"
    assert findings.counts(rows)["materials"] == 1


def test_problems_speak_the_language_of_the_console(stage: Scene, sign_in: SignIn) -> None:
    browser = sign_in("items")
    browser.post(f"/console/items/{FUND}/draft")
    with stage.work("items") as work:
        draft = drafts.unfinished(work, FUND)
        assert draft
        drafts.save(work, draft, {**draft.body, "quota": ""}, version=draft.version)
    chinese = browser.get(f"/console/items/{FUND}/edit/basis").text
    assert "没有填写数量限制" in chinese
    browser.post("/prefer", data={"lang": "en"})
    for path in ("", "/edit/basis"):
        page = browser.get(f"/console/items/{FUND}{path}").text
        assert "没有填写" not in page
        assert "complete</span>" in page  # the rule's name


def test_a_part_is_told_in_words(app: Flask) -> None:
    question = Question(code="ward", label="科室", kind="choice", options=(("a", "甲"),))
    with app.test_request_context():
        told = findings.worded(question)
        assert told.startswith("代号：ward；问题：科室；种类：单选；选项：a、甲")
        assert findings.worded(Need(dataset="d", fields=("a", "b"), purpose="核对")) == (
            "数据集：d；字段：a、b；用途：核对；查询谁的：申请人"
        )
