"""Cards of a department: read, answered or appealed against, seen by the supervisor."""

from tests.cases.halls import NURSE, Scene, SignIn
from tests.monitoring.test_responding import carded


def test_a_card_is_answered_and_the_supervisor_confirms(stage: Scene, sign_in: SignIn) -> None:
    case = stage.applied("wang", NURSE)
    key = carded(stage, case, "one")
    health, supervisor = sign_in("reviewer-health"), sign_in("supervisor")
    assert "监察牌" in health.get("/window/").text
    assert "超过承诺期限" in health.get("/window/cards").text
    page = health.get(f"/window/cards/{key}").text
    assert "行政许可法 第42条" in page
    for wrong, said in (
        ({"words": "说明情况如下"}, "请选择反馈或者申诉"),
        ({"act": "answer", "words": "好"}, "请写明情况和理由"),
    ):
        refused = health.post(f"/window/cards/{key}", data=wrong)
        assert refused.status_code == 422
        assert said in refused.text
        assert wrong["words"] in refused.text  # nothing typed is lost
    good = {"act": "answer", "words": "系统切换，当日已补办"}
    assert health.post(f"/window/cards/{key}", data=good).status_code == 302
    assert health.post(f"/window/cards/{key}", data=good).status_code == 409
    assert "1 张等您处理" in supervisor.get("/console/").text
    assert supervisor.post(f"/console/cards/{key}", data={}).status_code == 422
    confirmed = {"act": "close", "words": "已经核实，予以确认"}
    assert supervisor.post(f"/console/cards/{key}", data=confirmed).status_code == 302
    assert "已经核实，予以确认" in health.get(f"/window/cards/{key}").text
    assert "最近了结的监察牌" in health.get("/window/cards").text
