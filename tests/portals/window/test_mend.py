"""A bad rating: read by the department on record, answered, mended; the party reads both."""

from tests.cases.halls import NURSE, Scene, SignIn
from tests.feedback.test_rectifying import rated


def test_from_a_bad_rating_to_its_mending(stage: Scene, sign_in: SignIn) -> None:
    case = rated(stage, "wang", NURSE, 1)
    health, wang = sign_in("reviewer-health"), sign_in("wang")
    listed = health.get("/window/ratings").text
    key = listed.partition("/window/ratings/")[2].partition('"')[0]
    assert "说不清楚" in health.get(f"/window/ratings/{key}").text
    assert "查看评价" in wang.get("/mine/usage").text
    assert "部门最迟" in wang.get(f"/mine/cases/{case}").text
    short = health.post(f"/window/ratings/{key}", data={"answer": "好"})
    assert short.status_code == 422
    answer = {"answer": "已联系您，三日内改好"}
    assert health.post(f"/window/ratings/{key}", data=answer).status_code == 302
    assert health.post(f"/window/ratings/{key}", data={"result": "改好了"}).status_code == 422
    result = {"outcome": "mended", "result": "告知的写法已经改好"}
    assert health.post(f"/window/ratings/{key}", data=result).status_code == 302
    assert health.post(f"/window/ratings/{key}", data=result).status_code == 409
    page = wang.get(f"/mine/cases/{case}").text
    assert "已联系您，三日内改好" in page
    assert "告知的写法已经改好" in page
    assert "没有等待处理的差评" in health.get("/window/ratings").text
