"""The figures with their table; the record in pages."""

from servicehall.cases import acceptance
from servicehall.feedback import ratings
from tests.cases.halls import ID_CARD, NURSE, Scene, SignIn


def test_the_board_counts_and_shows_every_grade(stage: Scene, sign_in: SignIn) -> None:
    stage.granted_nurse()
    key = stage.applied("wang", ID_CARD)
    stage.does("clerk", key, acceptance.refuse, reason="不属于本机关职权范围")
    with stage.work("wang") as work:
        ratings.rate(work, stage.case(work, key), 1, "很不满意")
    page = sign_in("supervisor").get("/console/").text
    for words in ("非常不满意", "已办结", "卫生健康局", "<table"):
        assert words in page
    assert "王雨桐" not in page


def test_the_record_is_read_page_by_page(stage: Scene, sign_in: SignIn) -> None:
    for _ in range(3):
        stage.withdrawn("chen", stage.ready("chen", NURSE))
    browser = sign_in("auditor")
    first = browser.get("/console/audit")
    assert "case.begun" in first.text or "ground.opened" in first.text
    assert "before=" in first.text
    only = browser.get("/console/audit?act=case.begun&subject=nothing'%22%3Cscript%3E")
    assert only.status_code == 200
    assert "'\"<script>" not in only.text
