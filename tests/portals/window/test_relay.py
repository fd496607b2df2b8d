"""Relay on the page; and what a department finds there of a case it reviews: its own part, no more."""

import re
from collections import Counter

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


def test_two_departments_ask_and_the_applicant_reads_it_at_the_case(
    stage: Scene, sign_in: SignIn
) -> None:
    key = stage.applied("li", VENUE, stage.firm())
    stage.accepted(key)
    clerk, li = sign_in("clerk"), sign_in("li")
    li.post("/switch", data={"organization": stage.firm()})
    for login, words in (
        ("reviewer-police", "请说明监控覆盖的范围"),
        ("reviewer-fire", "请说明通道宽度"),
    ):
        sent = {"version": version(sign_in(login), key), "supplement": words}
        assert sign_in(login).post(f"/window/cases/{key}/supplement", data=sent).status_code == 302
    page = clerk.get(f"/window/cases/{key}").text
    assert "现在没有轮到您办理的步骤" not in page
    assert max(Counter(re.findall(r' id="([^"]+)"', page)).values()) == 1
    police, fire = sorted(set(map(int, re.findall(r'name="number" value="(\d+)"', page))))
    url = f"/window/cases/{key}/supplement"
    assert "请说明通道宽度" not in li.get(f"/mine/cases/{key}").text
    clerk.post(f"{url}/pass", data={"version": version(clerk, key), "number": fire})
    waits = li.get("/mine/").text.partition('id="running"')[0]
    assert f"/mine/cases/{key}" in waits
    asked = li.get(f"/mine/cases/{key}").text
    for words, seen in (("审查中需要您补充说明", True), ("请说明通道宽度", True),
                        ("请到窗口或者打电话答复", True), ("监控覆盖", False)):  # fmt: skip
        assert (words in asked) is seen, words
    empty = {"version": version(clerk, key), "number": fire, "answer": ""}
    refused = clerk.post(f"{url}/answer", data=empty)
    assert refused.status_code == 422
    wrong = re.findall(r'aria-describedby="([\w-]+)-error"', refused.text)
    assert wrong == ["answer"]  # the one that was sent, not the police's
    assert f'id="answer-{police}"' in refused.text
    clerk.post(f"{url}/answer", data={**empty, "answer": "宽 1.4 米"})
    assert "审查中需要您补充说明" not in li.get(f"/mine/cases/{key}").text
