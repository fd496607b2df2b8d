"""Promises over HTTP: listed for who decided, settled on the case's page, mistakes come back as typed."""

from servicehall.cases import promises
from tests.cases.halls import Scene, SignIn
from tests.handling.test_aftercheck import FIRE


def test_a_reviewer_settles_a_promise(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("li", FIRE, stage.firm())
    stage.accepted(key)
    stage.agreed("reviewer-fire", key)
    stage.granted("reviewer-fire", key)
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        code, number = promises.of_case(work, case)[0].material, case.number
    fire = sign_in("reviewer-fire")
    assert number in fire.get("/window/promises").text
    assert "没有要核查的承诺" in sign_in("reviewer-civil").get("/window/promises").text
    page = f"/window/cases/{number}"
    assert "告知承诺和核查" in fire.get(page).text
    door = f"{page}/promises/{code}"
    assert fire.post(door, data={}).status_code == 422
    wrong = fire.post(door, data={"result": "broken", "note": "短"})
    assert (wrong.status_code, ">短</textarea>" in wrong.text) == (422, True)
    done = fire.post(door, data={"result": "broken", "note": "疏散通道被堵塞"})
    assert done.status_code == 302
    told = fire.get(page).text
    assert "已改正" in told
    assert "疏散通道被堵塞" in told
    assert fire.post(door, data={"result": "kept"}).status_code == 409
    assert fire.post(door, data={"result": "repaired"}).status_code == 302
