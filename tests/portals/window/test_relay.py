"""Relay on the page; and what a department finds there of a case it reviews: its own part, no more."""

import re

from flask.testing import FlaskClient

from tests.cases.halls import VENUE, Scene, SignIn


def version(browser: FlaskClient, key: str) -> str:
    return re.findall(r'name="version" value="(\d+)"', browser.get(f"/window/cases/{key}").text)[0]


def test_a_department_sees_its_part_and_asks_through_the_window(
    stage: Scene, sign_in: SignIn
) -> None:
    key = stage.applied("li", VENUE, stage.firm())
    stage.accepted(key)
    health, clerk = sign_in("reviewer-health"), sign_in("clerk")
    page = health.get(f"/window/cases/{key}").text
    for words, seen in (("您只看到与本部门审查有关的内容", True), ("场所平面图", True),
                        ("边界噪声检测报告", False), ("安全管理人员姓名", False),
                        ("信用状况", False), ("受理通知书", False)):  # fmt: skip
        assert (words in page) is seen, words
    files = f"/window/cases/{key}/materials"
    assert health.get(f"{files}/floor_plan").status_code == 200
    assert health.get(f"{files}/noise_report").status_code == 404
    assert health.post(f"/window/cases/{key}/unmask", data={"reason": "核对"}).status_code == 200
    whole = clerk.get(f"/window/cases/{key}").text
    assert "边界噪声检测报告" in whole
    sent = {"version": version(health, key), "supplement": "请补充通风图"}
    assert health.post(f"/window/cases/{key}/supplement", data=sent).status_code == 302
    number = re.findall(r'name="number" value="(\d+)"', clerk.get(f"/window/cases/{key}").text)[0]
    for act, said in (("pass", ""), ("answer", "已在平面图上标明")):
        sent = {"version": version(clerk, key), "number": number, "answer": said}
        done = clerk.post(f"/window/cases/{key}/supplement/{act}", data=sent)
        assert done.status_code == 302, done.text[:300]
    assert "已在平面图上标明" in health.get(f"/window/cases/{key}").text
    assert "已在平面图上标明" not in sign_in("reviewer-fire").get(f"/window/cases/{key}").text
