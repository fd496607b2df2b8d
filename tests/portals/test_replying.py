"""Replying: a department answers what is said to be wrong in its data, auditors what was looked at."""

import re

from servicehall.disputes import raising, settling
from servicehall.oversight import usage
from tests.cases.halls import NURSE, Scene, SignIn

STATUS = "credit.record.trusted"
OWNER = "reviewer-reform"


def test_a_department_answers_and_the_citizen_reads_it(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("wang", NURSE)
    wang, desk = sign_in("wang"), sign_in(OWNER)
    assert "数据有误" in wang.get(f"/mine/cases/{key}").text
    page = wang.get(f"/mine/cases/{key}/facts/{STATUS}/dispute").text
    assert "无失信记录" in page
    empty = wang.post(f"/mine/cases/{key}/facts/{STATUS}/dispute", data={"said": ""})
    assert empty.status_code == 422
    assert "请写明哪里不对" in empty.text
    sent = wang.post(f"/mine/cases/{key}/facts/{STATUS}/dispute", data={"said": "应为其他"})
    assert sent.status_code == 302
    again = wang.post(f"/mine/cases/{key}/facts/{STATUS}/dispute", data={"said": "应为其他"})
    assert again.status_code == 409
    assert "应为其他" in again.text  # nothing typed is lost
    assert "有异议，核查中" in wang.get(f"/mine/cases/{key}").text
    assert "有异议，核查中" in sign_in("clerk").get(f"/window/cases/{key}").text

    assert "无失信记录" in desk.get("/window/disputes").text
    where = sent.location.rpartition("/")[2]
    assert "应为其他" in desk.get(f"/window/disputes/{where}").text
    bad = desk.post(f"/window/disputes/{where}", data={"answer": "查过了的内容"})
    assert bad.status_code == 422
    assert "查过了的内容" in bad.text
    good = {"result": "corrected", "answer": "已核实并更正"}
    assert desk.post(f"/window/disputes/{where}", data=good).status_code == 302
    assert desk.post(f"/window/disputes/{where}", data=good).status_code == 409
    answered = wang.get(sent.location).text
    assert "已核实并更正" in answered
    assert "已更正" in wang.get("/mine/disputes").text


def test_a_license_that_carries_the_value_says_how_it_stands(stage: Scene, sign_in: SignIn) -> None:
    key = stage.granted_nurse()
    said = {"said": "应为其他"}
    sent = sign_in("wang").post(f"/mine/cases/{key}/facts/{STATUS}/dispute", data=said)
    where = sent.location.rpartition("/")[2]
    page = sign_in(OWNER).get(f"/window/disputes/{where}").text
    assert "护士执业证书" in page
    assert "有效" in page
    assert "valid" not in re.sub(r"<[^>]*>", "", page)


def test_auditors_answer_why_something_was_looked_at(stage: Scene, sign_in: SignIn) -> None:
    wang, auditor = sign_in("wang"), sign_in("auditor")
    page = wang.get("/mine/usage").text
    assert "质疑此次查询" in page
    with stage.work("wang") as work:
        number = usage.find(work)[0].number
    assert wang.get(f"/mine/usage/{number}/dispute").status_code == 200
    assert wang.post(f"/mine/usage/{number}/dispute", data={"said": ""}).status_code == 422
    sent = wang.post(f"/mine/usage/{number}/dispute", data={"said": "为什么要查"})
    assert sent.status_code == 302
    where = sent.location.rpartition("/")[2]
    assert str(number) in auditor.get("/console/disputes").text
    assert "为什么要查" in auditor.get(f"/console/disputes/{where}").text
    done = auditor.post(f"/console/disputes/{where}", data={"answer": "为办理您的申请"})
    assert done.status_code == 302
    assert "为办理您的申请" in wang.get(sent.location).text


def test_taken_back_it_waits_for_nobody(stage: Scene, sign_in: SignIn) -> None:
    wang = sign_in("wang")
    with stage.work("wang") as work:
        number = usage.find(work)[-1].number
        key = raising.about_look(work, number, said="看错了").key
    assert wang.post(f"/mine/disputes/{key}/withdraw").status_code == 302
    assert "已撤回" in wang.get("/mine/disputes").text
    with stage.work("auditor") as work:
        assert key not in [one.key for one in settling.to_answer(work)]
