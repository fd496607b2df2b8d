"""Hold: claim, give back, hand over; a colleague sees who has it and how to go on."""

from tests.cases.halls import NURSE, Scene, SignIn


def test_claimed_seen_taken_over_released(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("wang", NURSE)
    first, second = sign_in("clerk"), sign_in("clerk-two")
    assert first.post(f"/window/cases/{key}/claim").status_code == 302
    assert "在您名下" in first.get(f"/window/cases/{key}").text
    page = second.get(f"/window/cases/{key}").text
    assert "综合窗口 正在办理" in page
    stopped = second.post(f"/window/cases/{key}/accept", data={"version": "1"})
    assert (stopped.status_code, "锁定到" in stopped.text) == (409, True)
    missing = second.post(f"/window/cases/{key}/claim", data={"takeover": " "})
    assert (missing.status_code, "请写明接手的理由" in missing.text) == (422, True)
    assert (
        second.post(f"/window/cases/{key}/claim", data={"takeover": "同事离岗"}).status_code == 302
    )
    assert first.post(f"/window/cases/{key}/release").status_code == 409
    assert second.post(f"/window/cases/{key}/release").status_code == 302
    assigned = {"person": stage.actor("clerk").id}
    assert second.post(f"/window/cases/{key}/assign", data=assigned).status_code == 302
    wrong = second.post(f"/window/cases/{key}/assign", data={"person": "nobody"})
    assert (wrong.status_code, "请选择本部门的经办人" in wrong.text) == (422, True)
    with stage.work("clerk") as work:
        number = stage.case(work, key).number
    assert f"/window/cases/{number}" in first.get("/window/?list=mine").text
