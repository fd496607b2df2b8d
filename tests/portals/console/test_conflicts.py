"""Quality pages: figures for all, one's own conflicts to answer, a comparison at once."""

from servicehall.quality import conflicts
from tests.cases.halls import Scene, SignIn


def test_figures_are_read_by_stewards_supervisor_and_everybody(sign_in: SignIn) -> None:
    for login in ("steward-health", "supervisor"):
        page = sign_in(login).get("/console/quality").text
        assert "居民健康档案基本信息" in page
        assert "hall-chart" in page
    assert "等我们核查的冲突" not in sign_in("supervisor").get("/console/quality").text
    public = sign_in("wang").get("/resources/health.record").text
    assert "完整率" in public
    assert "hall-chart" in public


def test_a_conflict_is_answered(stage: Scene, sign_in: SignIn) -> None:
    health = sign_in("steward-health")
    with stage.work("steward-health") as work:
        first, second = [c for c in conflicts.to_answer(work) if c.kind == "differs"][:2]
    page = health.get(f"/console/quality/{first.key}").text
    assert first.ours in page
    assert first.theirs in page
    assert first.subject in page
    for wrong, said in (
        ({}, "请选择处理结果"),
        ({"result": "explained", "answer": "好"}, "请写明核查情况"),
    ):
        refused = health.post(f"/console/quality/{first.key}", data=wrong)
        assert refused.status_code == 422
        assert said in refused.text
    good = {"result": "explained", "answer": "与原始档案一致"}
    assert health.post(f"/console/quality/{first.key}", data=good).status_code == 302
    assert health.post(f"/console/quality/{first.key}", data=good).status_code == 409
    assert "已说明" in health.get("/console/quality").text
    passed = {"result": "passed", "answer": "人口库没有更新"}
    assert health.post(f"/console/quality/{second.key}", data=passed).status_code == 302
    police = sign_in("steward-police")
    assert "转来" in police.get("/console/quality").text
    page = police.get(f"/console/quality/{second.key}").text
    assert "人口库没有更新" in page
    assert "基础库有误" not in page


def test_compared_at_once(sign_in: SignIn) -> None:
    health = sign_in("steward-health")
    assert health.post("/console/quality/compare").status_code == 302
    assert "比对完成" in health.get("/console/quality").text
