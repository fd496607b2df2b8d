"""Drafting over HTTP: opened, edited page by page, saved, checked, brought in and out as YAML."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from servicehall.catalogue import drafts
from servicehall.kernel.declarations import parse
from servicehall.portals.console import labels
from servicehall.standard.schema import Item
from tests.cases.halls import ALLOWANCE, FOOD, FUND, ID_CARD, LABOR, NURSE, VENUE, Scene, SignIn

HYGIENE = "119901010000002388499012300400001"


def opened(sign_in: SignIn, code: str) -> FlaskClient:
    browser = sign_in("items")
    assert browser.post(f"/console/items/{code}/draft").status_code == 302
    return browser


def version(stage: Scene, code: str) -> int:
    with stage.work("auditor") as work:
        draft = drafts.unfinished(work, code)
        assert draft
        return draft.version


def body(stage: Scene, code: str) -> dict[str, object]:
    with stage.work("auditor") as work:
        draft = drafts.unfinished(work, code)
        assert draft
        return draft.body


def test_every_page_of_elements_opens_without_a_problem(stage: Scene, sign_in: SignIn) -> None:
    browser = opened(sign_in, NURSE)
    before = body(stage, NURSE)
    for group in labels.GROUPS:
        page = browser.get(f"/console/items/{NURSE}/edit/{group}")
        assert page.status_code == 200
        assert "govuk-error-message" not in page.text
    assert browser.get(f"/console/items/{NURSE}/edit/nothing").status_code == 404
    assert body(stage, NURSE) == before
    assert "检查通过" in browser.get(f"/console/items/{NURSE}").text


def test_a_page_is_saved_and_its_problems_stand_beside_it(stage: Scene, sign_in: SignIn) -> None:
    browser = opened(sign_in, FUND)
    url = f"/console/items/{FUND}/edit/basis"
    sent = {"version": version(stage, FUND), "conditions": "甲\r\n乙", "quota": "", "bases.#": "1"}
    answer = browser.post(url, data={**sent, "bases.0.law": "", "bases.0.article": "第一条"})
    assert answer.status_code == 302
    assert body(stage, FUND)["conditions"] == ["甲", "乙"]
    page = browser.get(url).text
    assert 'id="bases.0.law-error"' in page
    assert "不能为空" in page
    assert 'name="bases.0.law"' in page
    assert "还有 1 处问题" in browser.get(f"/console/items/{FUND}").text


def test_members_of_lists_come_and_go_without_script(stage: Scene, sign_in: SignIn) -> None:
    browser = opened(sign_in, VENUE)
    url = f"/console/items/{VENUE}/edit/faqs"
    faqs = {"faqs.#": "2", "faqs.0.question": "甲", "faqs.0.answer": "1", "faqs.1.question": "乙",
            "faqs.1.answer": "2"}  # fmt: skip
    for act, codes in (
        ("up:faqs.1", ["乙", "甲"]), ("remove:faqs.0", ["乙"]), ("add:faqs", ["甲", "乙", None]),
        ("add:name", ["甲", "乙"]),  # another page's element is left alone
    ):  # fmt: skip
        answer = browser.post(url, data={**faqs, "version": version(stage, VENUE), "do": act})
        assert answer.status_code == 302
        found = body(stage, VENUE)["faqs"]
        assert [faq.get("question") for faq in found] == codes  # type: ignore[attr-defined]


def test_two_windows_are_shown_both_sides(stage: Scene, sign_in: SignIn) -> None:
    browser = opened(sign_in, ALLOWANCE)
    url, old = f"/console/items/{ALLOWANCE}/edit/basis", version(stage, ALLOWANCE)
    assert browser.post(url, data={"version": old, "quota": "甲"}).status_code == 302
    answer = browser.post(url, data={"version": old, "quota": "乙"})
    assert answer.status_code == 409
    assert "甲" in answer.text
    assert "乙" in answer.text
    assert body(stage, ALLOWANCE)["quota"] == "甲"


def test_two_pages_of_one_draft_are_no_conflict(stage: Scene, sign_in: SignIn) -> None:
    browser = sign_in("items")
    browser.post(f"/console/items/{HYGIENE}/draft")
    basis, faqs = (f"/console/items/{HYGIENE}/edit/{page}" for page in ("basis", "faqs"))
    fields = {url: dict(re.findall(r'name="(version|seen)" value="(\w+)"', browser.get(url).text))
              for url in (basis, faqs)}  # fmt: skip
    assert browser.post(basis, data={**fields[basis], "quota": "甲"}).status_code == 302
    assert browser.post(faqs, data={**fields[faqs], "notes": "乙"}).status_code == 302
    assert browser.post(basis, data={**fields[basis], "quota": "丙"}).status_code == 409
    assert (body(stage, HYGIENE)["quota"], body(stage, HYGIENE)["notes"]) == ("甲", ["乙"])


def test_yaml_goes_out_and_comes_back(stage: Scene, sign_in: SignIn) -> None:
    browser = opened(sign_in, ID_CARD)
    out = browser.get(f"/console/items/{ID_CARD}/yaml")
    assert "attachment" in out.headers["Content-Disposition"]
    assert parse(out.data, Item, name="x").code == ID_CARD
    url = f"/console/items/{ID_CARD}/yaml"
    wrong = out.text.replace("visits:", "visist:")
    answer = browser.post(
        url, data={"version": version(stage, ID_CARD), "yaml": wrong + "\nx: 1\n"}
    )
    assert answer.status_code == 422
    assert "YAML:" in answer.text
    changed = (
        out.text + "quota: 每天 100 名\n"
        if "\nquota:" not in out.text
        else out.text.replace("\nquota: ", "\nquota: 每天 100 名，")
    )
    answer = browser.post(url, data={"version": version(stage, ID_CARD), "yaml": changed})
    assert answer.status_code == 302
    assert "每天 100 名" in str(body(stage, ID_CARD)["quota"])


def test_a_new_item_from_a_code_and_from_a_file(sign_in: SignIn) -> None:
    browser = sign_in("items")
    new = ID_CARD[:31] + "55"
    assert browser.post("/console/items/new", data={"code": "../x"}).status_code == 422
    answer = browser.post("/console/items/new", data={"code": new})
    assert answer.location == f"/console/items/{new}"
    assert "处问题" in browser.get(answer.location).text
    for group in labels.GROUPS:
        assert browser.get(f"/console/items/{new}/edit/{group}").status_code == 200
    answer = browser.post("/console/items/new", data={"yaml": "code: 1\n"})
    assert answer.status_code == 422
    assert browser.get("/console/items/nothing").status_code == 404


@pytest.mark.parametrize("path", ["", "/edit/basic", "/yaml"])
def test_others_may_look_only(sign_in: SignIn, path: str) -> None:
    browser = sign_in("publisher")
    answer = browser.get(f"/console/items/{NURSE}{path}")
    assert answer.status_code == 200
    if path == "/edit/basic":
        assert "只能查看" in answer.text


def test_the_script_saves_by_the_same_door(app: Flask, stage: Scene, sign_in: SignIn) -> None:
    browser = opened(sign_in, LABOR)
    url, old = f"/console/items/{LABOR}/edit/basis", version(stage, LABOR)
    script = {"Accept": "application/json"}
    answer = browser.post(url, data={"version": old, "quota": "甲"}, headers=script)
    assert (answer.status_code, answer.json["version"]) == (200, old + 1)
    assert len(answer.json["saved_at"]) == 5
    again = browser.post(url, data={"version": old, "quota": "甲"}, headers=script)
    assert again.json["version"] == old + 1  # the same once more is no conflict
    clash = browser.post(url, data={"version": old, "quota": "乙"}, headers=script)
    assert (clash.status_code, clash.json["status"]) == (409, 409)
    assert body(stage, LABOR)["quota"] == "甲"
    other = sign_in("publisher").post(url, data={"version": old + 1, "quota": "丙"}, headers=script)
    assert other.status_code == 403
    assert "起草" in other.json["detail"]
    out = app.test_client().post(url, data={"version": old, "quota": "丁"}, headers=script)
    assert (out.status_code, out.location) == (302, "/signin?next=/")


def test_what_was_filled_in_without_its_tick_is_not_lost(stage: Scene, sign_in: SignIn) -> None:
    browser = opened(sign_in, FOOD)
    url = f"/console/items/{FOOD}/edit/fee"
    fee = {"fee.was": "no", "fee.name": "工本费", "fee.fen": "100"}
    browser.post(url, data={**fee, "version": version(stage, FOOD)})
    assert body(stage, FOOD)["fee"]["name"] == "工本费"  # type: ignore[index]
    browser.post(url, data={**fee, "fee.was": "yes", "version": version(stage, FOOD)})
    assert "fee" not in body(stage, FOOD)  # there it was unticked
    browser.post(url, data={"version": version(stage, FOOD), "fee.was": "no", "fee.name": ""})
    assert "fee" not in body(stage, FOOD)
