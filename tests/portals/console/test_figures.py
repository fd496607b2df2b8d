"""The figures with their table; the record in pages."""

from servicehall.cases import matters
from servicehall.cli import serving
from servicehall.feedback import ratings
from servicehall.handling import acceptance
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import patrolling
from servicehall.licenses.models import License
from tests.cases.halls import FUND, ID_CARD, NURSE, Scene, SignIn


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


def test_the_nightly_check_of_licenses_is_told_with_its_faults(
    stage: Scene, sign_in: SignIn
) -> None:
    browser = sign_in("auditor")
    assert "证照巡检还没有运行过" in browser.get("/console/audit").text
    with stage.hall.work(SYSTEM) as work:
        patrolling.go_on(work)
        work.commit()
        license = work.session.query(License).first()
        key, name = license.pdf_key, license.identifier
    assert "没有发现异常" in browser.get("/console/audit").text
    path = stage.hall.settings.folder / "files" / key
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"x")
    with stage.hall.work(SYSTEM) as work:
        patrolling.go_on(work)
        work.commit()
    page = browser.get("/console/audit").text
    assert "the PDF is not the one that was issued" in page
    assert name in page


def test_the_auditor_takes_the_evidence_of_a_case_and_the_applicant_sees_it(
    stage: Scene, sign_in: SignIn
) -> None:
    key = stage.applied("wang", FUND)
    with stage.later(seconds=61):
        serving.one_round(stage.hall)
    with stage.work("wang") as work:
        number = stage.case(work, key).number
    auditor = sign_in("auditor")
    assert "下载证据文件" in auditor.get("/console/audit").text
    taken = auditor.get(f"/console/audit/evidence?number={number}")
    assert taken.json["type"] == "servicehall-evidence"
    unknown = auditor.get("/console/audit/evidence?number=nothing")
    assert unknown.status_code == 422
    assert "没有这个编号的办件" in unknown.text
    with stage.work("wang") as work:
        acts = {(entry.act, entry.actor) for entry in matters.timeline(work, stage.case(work, key))}
    assert ("evidence.exported", stage.actor("auditor").id) in acts
