"""Disputing: from the value or the look to the answer; tests/portals/test_replying.py walks on."""

from servicehall.cases import matters
from tests.cases.halls import ID_CARD, Scene, SignIn

NAME = "population.person.name"


def test_nothing_yet_says_where_to_begin(sign_in: SignIn) -> None:
    assert "您没有提出过异议" in sign_in("chen").get("/mine/disputes").text


def test_what_does_not_exist_cannot_be_disputed(stage: Scene, sign_in: SignIn) -> None:
    key, wang = stage.applied("wang", ID_CARD), sign_in("wang")
    assert wang.get(f"/mine/cases/{key}/facts/population.person.moon/dispute").status_code == 404
    assert wang.get("/mine/usage/999999/dispute").status_code == 404
    said = {"said": "不对"}
    assert wang.post("/mine/usage/999999/dispute", data=said).status_code == 404


def test_only_looks_can_be_questioned(stage: Scene, sign_in: SignIn) -> None:
    key, wang = stage.applied("wang", ID_CARD), sign_in("wang")
    with stage.work("wang") as work:
        case = stage.case(work, key)
        sent = next(one for one in matters.timeline(work, case) if one.act == "case.submitted")
        door = f"/mine/usage/{sent.id}/dispute"
    assert wang.get(door).status_code == 404
    assert wang.post(door, data={"said": "为什么提交"}).status_code == 404


def test_long_words_are_kept_beside_what_is_wrong(stage: Scene, sign_in: SignIn) -> None:
    key, chen = stage.applied("chen", ID_CARD), sign_in("chen")
    said = "说" * 501
    answer = chen.post(f"/mine/cases/{key}/facts/{NAME}/dispute", data={"said": said})
    assert answer.status_code == 422
    assert said in answer.text
    assert "不要超过 500 个字" in answer.text


def test_a_preview_leads_to_it(stage: Scene, sign_in: SignIn) -> None:
    key = stage.begin("li", ID_CARD)
    page = sign_in("li").get(f"/cases/{key}/preview").text
    assert f"/mine/cases/{key}/facts/{NAME}/dispute" in page
