"""Several: each case is an act of its own; what cannot be done says why and stops no other."""

import re

from flask.testing import FlaskClient

from servicehall.cases.states import State
from tests.cases.halls import ID_CARD, NURSE, Scene, SignIn


def numbers(stage: Scene, *keys: str) -> list[str]:
    with stage.work("clerk") as work:
        return [stage.case(work, key).number or "" for key in keys]


def confirmed(browser: FlaskClient, act: str, cases: list[str]) -> list[str]:
    page = browser.post("/window/several/confirm", data={"act": act, "case": cases})
    assert page.status_code == 200, page.text[:200]
    return re.findall(r'name="case" value="([^"]+)"', page.text)


def test_accepted_together_one_refused(stage: Scene, sign_in: SignIn) -> None:
    keys = [stage.applied("wang", NURSE), stage.applied("chen", NURSE)]
    clerk = sign_in("clerk")
    told = confirmed(clerk, "accept", numbers(stage, *keys))
    assert len(told) == 2
    stage.accepted(keys[1])  # meanwhile
    done = clerk.post("/window/several", data={"act": "accept", "case": [*told, "nothing:1"]})
    assert "办成 1 件，没有办成 2 件" in done.text
    assert "已被别人更新" in done.text
    assert stage.state(keys[0]) is State.ACCEPTED
    reviewer = sign_in("reviewer-health")
    stage.agreed("reviewer-health", keys[0])
    told = confirmed(reviewer, "grant", numbers(stage, *keys))
    done = reviewer.post("/window/several", data={"act": "grant", "case": told})
    assert "还有部门没有提交审查意见" in done.text
    assert (stage.state(keys[0]), stage.state(keys[1])) == (State.CLOSED, State.ACCEPTED)


def test_an_assignment_is_undone(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("li", ID_CARD)
    clerk, other = sign_in("clerk"), stage.actor("clerk-two").id
    told = confirmed(clerk, "assign", numbers(stage, key))
    for person, status in (("", 422), ("nobody", 422), (other, 200)):
        sent = {"act": "assign", "case": told, "person": person}
        assert clerk.post("/window/several", data=sent).status_code == status
    mine = sign_in("clerk-two")
    assert numbers(stage, key)[0] in mine.get("/window/?list=mine").text
    undone = clerk.post("/window/several", data={"act": "give_back", "case": numbers(stage, key)})
    assert "办成 1 件" in undone.text
    assert numbers(stage, key)[0] not in mine.get("/window/?list=mine").text


def test_nothing_selected_nothing_known(sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    for sent in ({}, {"act": "accept"}, {"act": "delete", "case": ["1"]}):
        assert clerk.post("/window/several/confirm", data=sent).status_code == 422
    assert clerk.post("/window/several", data={"act": "delete"}).status_code == 422
    assert (
        clerk.post("/window/several/confirm", data={"act": "accept", "case": ["x"]}).status_code
        == 404
    )
