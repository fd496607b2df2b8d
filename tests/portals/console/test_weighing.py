"""Weighing over HTTP: the guide and form of a draft, its impact, a rehearsal, versions compared."""

import pytest

from servicehall.catalogue import drafts
from tests.cases.halls import NURSE, Scene, SignIn

URL = f"/console/items/{NURSE}"


@pytest.fixture(scope="module", autouse=True)
def draft(stage: Scene) -> None:
    with stage.work("items") as work:
        made = drafts.begin(work, NURSE)
        sections = [dict(part) for part in made.body["sections"]]
        ward = {"code": "ward", "label": "科室", "kind": "text", "when": "delivery == 'post'"}
        sections[0] = {**sections[0], "questions": [*sections[0]["questions"][1:], ward]}
        body = {**made.body, "sections": sections, "quota": "每年 200 名"}
        drafts.save(work, made, body, version=made.version)
    stage.applied("wang", NURSE)


def test_the_guide_and_the_form_as_they_would_be(sign_in: SignIn) -> None:
    browser = sign_in("items")
    guide = browser.get(f"{URL}/guide").text
    assert "每年 200 名" in guide
    assert "预览" in guide
    assert "请准备文件或照片" in guide
    form = browser.get(f"{URL}/form").text
    assert "科室（视前面的回答而定）" in form
    assert "delivery ==" in form


def test_the_impact_is_told(sign_in: SignIn) -> None:
    page = sign_in("publisher").get(f"{URL}/impact").text
    assert "1 件办件正在办理" in page
    for words in ("执业机构", "重新生成", "数量限制", "改动", "每年 200 名"):
        assert words in page
    assert "王雨桐" not in page


def test_the_rehearsal_shows_what_is_missing(sign_in: SignIn) -> None:
    page = sign_in("items").get(f"{URL}/rehearsal").text
    for words in ("王雨桐", "证照上缺少：执业机构", "共享数据免提交", "不问", "由个人申请"):
        assert words in page


def test_versions_are_compared(sign_in: SignIn) -> None:
    browser = sign_in("items")
    page = browser.get(f"{URL}/versions").text
    assert "随部署发布的文件" in page
    assert "原来的版本" not in page  # nothing to compare it with
    assert browser.get(f"{URL}/versions?old=x&new=99999999999").status_code == 200
    assert browser.get("/console/items/nothing/versions").status_code == 404
    assert browser.get("/console/items/nothing/impact").status_code == 404


def test_a_new_member_is_told_with_the_names_of_its_elements(sign_in: SignIn) -> None:
    page = sign_in("items").get(f"{URL}/impact").text
    assert "代号：ward；问题：科室" in page
