"""Sharing pages: a steward asks for data, the provider answers, both see where it stands."""

from servicehall.sharing import granting
from tests.cases.halls import NURSE, Scene, SignIn

FAMILY = "population.family"
SENT = {
    "item": NURSE, "purpose": "核对家庭成员", "fields": ["spouse_name", "relation"],
    "reason": "登记紧急联系人时免填",
}  # fmt: skip


def test_asked_granted_in_part_and_ended(stage: Scene, sign_in: SignIn) -> None:
    health, police = sign_in("steward-health"), sign_in("steward-police")
    assert f"/console/sharing/ask/{FAMILY}" in health.get(f"/resources/{FAMILY}").text
    form = health.get(f"/console/sharing/ask/{FAMILY}").text
    assert NURSE in form
    sent = health.post(f"/console/sharing/ask/{FAMILY}", data=SENT)
    assert sent.status_code == 302
    assert health.post(f"/console/sharing/ask/{FAMILY}", data=SENT).status_code == 409
    assert "核对家庭成员" in police.get("/console/sharing").text
    page = police.get(sent.location).text
    assert "登记紧急联系人时免填" in page
    assert health.post(sent.location, data={"result": "granted"}).status_code == 404
    for wrong, said in (
        ({}, "请选择答复"),
        ({"result": "granted", "fields": "relation"}, "请写明授权到哪一天"),
        ({"result": "granted", "expires_on": "2026-12-01"}, "请至少选择一个信息项"),
        ({"result": "refused", "answer": "不"}, "请写明不同意的理由"),
    ):
        answer = police.post(sent.location, data=wrong)
        assert answer.status_code == 422
        assert said in answer.text
    good = {"result": "granted", "fields": "relation", "expires_on": "2026-12-01"}
    assert police.post(sent.location, data=good).status_code == 302
    assert police.post(sent.location, data=good).status_code == 409
    assert "已授权" in health.get(sent.location).text
    with stage.work("steward-health") as work:
        key = next(g.key for g in granting.held(work) if g.purpose == "核对家庭成员")
    assert "重新申请" in health.get(f"/console/sharing/grants/{key}").text
    assert police.post(f"/console/sharing/grants/{key}/end", data={"reason": ""}).status_code == 422
    ended = police.post(f"/console/sharing/grants/{key}/end", data={"reason": "不再需要这些"})
    assert ended.status_code == 302
    assert "不再需要这些" in health.get(f"/console/sharing/grants/{key}").text


def test_what_is_wrong_comes_back_beside_what_was_typed(sign_in: SignIn) -> None:
    health = sign_in("steward-health")
    for change, said in (
        ({"item": ""}, "请选择本部门的事项"),
        ({"purpose": "短"}, "请写清楚"),
        ({"fields": []}, "请至少选择一个信息项"),
    ):
        answer = health.post(f"/console/sharing/ask/{FAMILY}", data=SENT | change)
        assert answer.status_code == 422
        assert said in answer.text
        assert "登记紧急联系人时免填" in answer.text


def test_taken_back_by_who_asked(sign_in: SignIn) -> None:
    health = sign_in("steward-health")
    sent = health.post(f"/console/sharing/ask/{FAMILY}", data=SENT | {"purpose": "另一个用途"})
    assert "撤回申请" in health.get(sent.location).text
    assert health.post(f"{sent.location}/withdraw").status_code == 302
    assert "已撤回" in health.get("/console/sharing").text


def test_pages_say_when_nothing_has_to_be_asked(sign_in: SignIn) -> None:
    health = sign_in("steward-health")
    assert "无条件共享，不用申请" in health.get("/console/sharing/ask/tax.taxpayer").text
    assert "不予共享" in health.get("/console/sharing/ask/health.record").text
    tax = sign_in("steward-tax")
    assert "还没有可以在线办理的事项" in tax.get(f"/console/sharing/ask/{FAMILY}").text
    page = tax.get("/console/sharing").text
    assert "没有等待答复的申请" in page
    assert health.get("/console/sharing/ask/no.such").status_code == 404


def test_the_supervisor_sees_what_is_late(stage: Scene, sign_in: SignIn) -> None:
    now = sign_in("supervisor").get("/console/sharing/overview").text
    assert "核对紧急联系人" in now
    assert "核对护士继续教育学分" in now
    with stage.later(days=20):
        page = sign_in("supervisor").get("/console/sharing/overview").text
        assert "已超期" in page
        assert "核对护士继续教育学分" not in page  # it has ended by then


def test_what_was_not_asked_for_want_of_a_grant_is_told_to_both(
    stage: Scene, sign_in: SignIn
) -> None:
    with stage.work("steward-police") as work:
        for grant in granting.of_resource(work, "population.person"):
            if grant.item == NURSE:
                granting.end(work, grant, reason="演示终止授权")
    wang = sign_in("wang")
    begun = wang.post(f"/items/{NURSE}/begin", data={"agree": "yes"})
    assert begun.status_code == 302
    page = wang.get(begun.location).text
    assert "有些数据没有查询" in page
    assert "授权已经到期或终止，没有查询" in page
    assert "示范职业" in page or "示范卫生职业学院" in page  # the others were asked
    desk = sign_in("steward-health").get("/console/sharing").text
    assert "因没有授权而没有查询的" in desk
    assert "没有共享授权，没有查询" in wang.get("/mine/usage").text
