"""The second look over HTTP: listed for its department, answered once, mistakes come back as typed."""

from servicehall.automating import sampling
from servicehall.kernel.work import SYSTEM
from tests.automating.test_instant import ELSEWHERE, judged
from tests.cases.halls import Scene, SignIn


def test_a_reviewer_looks_again(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("wang", ELSEWHERE)
    judged(stage, key)
    with stage.later(days=1):
        with stage.hall.work(SYSTEM) as work:
            assert sampling.draw_one(work, set())
            work.commit()
            number = stage.case(work, key).number
        reviewer = sign_in("reviewer-medical")
        assert number in reviewer.get("/window/samples").text
        assert number not in sign_in("reviewer-civil").get("/window/samples").text
        page = reviewer.get(f"/window/cases/{number}").text
        assert "逐条规则判断" in page
        assert "批得对吗" in page
        wrong = reviewer.post(f"/window/cases/{number}/sample", data={"sound": "no", "note": "错"})
        assert (wrong.status_code, ">错</textarea>" in wrong.text) == (422, True)
        for status in (302, 409):
            done = reviewer.post(f"/window/cases/{number}/sample", data={"sound": "yes"})
            assert done.status_code == status
        assert "没有要抽查的办件" in reviewer.get("/window/samples").text
