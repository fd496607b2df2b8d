"""A license shown for minutes, carried offline, copied for one purpose: by its holder alone."""

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from servicehall.licenses import library, wallet
from servicehall.showing import copies, offlinecode, showcode
from tests.cases.halls import Scene, SignIn
from tests.verifying.pictures import png_of


@pytest.fixture(scope="module")
def code(stage: Scene) -> str:
    stage.granted_nurse()
    with stage.work("wang") as work:
        return wallet.mine(work)[0].code


@pytest.fixture
def wang(sign_in: SignIn) -> FlaskClient:
    return sign_in("wang")


def scanned(browser: FlaskClient, text: str) -> str:
    """The result page for a picture of a code."""
    sent = {"file": (BytesIO(png_of(text)), "code.png")}
    return browser.post("/verify/", data=sent).text


def test_shown_for_a_purpose_scanned_and_seen(
    stage: Scene, wang: FlaskClient, sign_in: SignIn, code: str
) -> None:
    page = wang.get(f"/mine/licenses/{code}").text
    assert f"/mine/licenses/{code}/show" in page
    answer = wang.post(f"/mine/licenses/{code}/show", data={"purpose": ""})
    assert (answer.status_code, "请选择这次出示的用途" in answer.text) == (422, True)
    answer = wang.post(f"/mine/licenses/{code}/show", data={"purpose": "lodging"})
    assert answer.status_code == 303
    shown = wang.get(answer.location)
    assert shown.headers["Refresh"] == "60"
    assert "用途：住宿登记" in shown.text
    assert "还没有人扫过" in shown.text
    with stage.work("wang") as work:
        text = showcode.text(work, library.by_code(work, code), "lodging")
    found = scanned(sign_in("clerk"), text)
    assert "住宿登记" in found
    assert "王雨桐" not in found
    typed = sign_in("clerk").post("/verify/", data={"code": text}).text
    assert "亮证码" in typed
    assert "住宿登记" in wang.get(answer.location).text.split("刚才谁扫过")[1]
    assert wang.get(f"/mine/licenses/{code}/show/nothing").status_code == 422


def test_carried_offline(stage: Scene, wang: FlaskClient, sign_in: SignIn, code: str) -> None:
    page = wang.get(f"/mine/licenses/{code}/offline").text
    assert "离线码" in page
    assert "<svg" in page
    assert "servicehall" not in page.partition("<main")[2].partition("</main>")[0]  # no commands
    assert 'href="/verify/offline.html"' in page
    with stage.work("wang") as work:
        text = offlinecode.text(work, library.by_code(work, code))
    assert "离线码" in scanned(sign_in("verifier"), text)


def test_taken_along_as_ofd(wang: FlaskClient, sign_in: SignIn, code: str) -> None:
    made = wang.get(f"/mine/licenses/{code}/license.ofd")
    assert made.content_type == "application/ofd"
    sent = {"file": (BytesIO(made.data), "license.ofd")}
    page = sign_in("verifier").post("/verify/", data=sent).text
    assert "证照真实，当前有效" in page
    assert sign_in("chen").get(f"/mine/licenses/{code}/license.ofd").status_code == 404


def test_a_copy_is_made_downloaded_and_verified(
    stage: Scene, wang: FlaskClient, sign_in: SignIn, code: str
) -> None:
    url = f"/mine/licenses/{code}/copies"
    assert "还没有做过加注件" in wang.get(url).text
    sent = {"purpose": "办理<开户>", "receiver": "", "days": "7"}
    answer = wang.post(url, data=sent)
    assert (answer.status_code, "请写明给谁" in answer.text) == (422, True)
    assert "办理&lt;开户&gt;" in answer.text  # nothing typed is lost
    assert wang.post(url, data={**sent, "receiver": "x", "days": "many"}).status_code == 422
    page = wang.post(url, data={**sent, "receiver": "示范银行"}, follow_redirects=True).text
    assert "示范银行" in page
    (link,) = re.findall(r'href="([^"]+/copies/[^"]+\.pdf)"', page)
    made = wang.get(link)
    assert made.content_type == "application/pdf"
    assert made.headers["Content-Disposition"].startswith("attachment")
    verdict = sign_in("verifier").post(
        "/verify/", data={"file": (BytesIO(made.data), "copy.pdf")}
    ).text  # fmt: skip
    assert "加注件" in verdict
    assert "示范银行" in verdict
    sent = {"file": (BytesIO(wang.get(link.replace(".pdf", ".ofd")).data), "copy.ofd")}
    assert "示范银行" in sign_in("verifier").post("/verify/", data=sent).text
    with stage.work("wang") as work:
        (copy,) = copies.of(work, library.by_code(work, code))
    assert "示范银行" in sign_in("chen").get(f"/verify/{copy.code}").text
    for foreign in (url, link, f"/mine/licenses/{code}/show", f"/mine/licenses/{code}/offline"):
        assert sign_in("chen").get(foreign).status_code == 404


def test_a_license_that_ended_can_neither_be_shown_nor_copied(
    stage: Scene, wang: FlaskClient, code: str
) -> None:
    with stage.work("reviewer-health") as work:
        library.suspend(work, library.by_code(work, code), reason="检查", law="护士条例")
        work.commit()
    assert "出示和带走" not in wang.get(f"/mine/licenses/{code}").text
    assert "不能再做加注件" in wang.get(f"/mine/licenses/{code}/copies").text
    for ask in (
        wang.post(f"/mine/licenses/{code}/show", data={"purpose": "check"}),
        wang.get(f"/mine/licenses/{code}/offline"), wang.post(f"/mine/licenses/{code}/wallet"),
    ):  # fmt: skip
        assert ask.status_code == 409


def test_taken_away_for_the_archive(
    stage: Scene, wang: FlaskClient, sign_in: SignIn, code: str
) -> None:
    """Holder and department get the same file, which is called the very one that was issued."""
    assert f"/mine/licenses/{code}/archive" in wang.get(f"/mine/licenses/{code}").text
    made = wang.post(f"/mine/licenses/{code}/archive")
    assert made.status_code == 200
    assert made.data.startswith(b"%PDF-")
    assert "archive-" in made.headers["Content-Disposition"]
    with stage.work("wang") as work:
        found = library.by_code(work, code)
        assert found.archive_sha256
    theirs = sign_in("reviewer-health").post(f"/window/licenses/{code}/archive")
    assert theirs.data == made.data
    sent = {"file": (BytesIO(made.data), "archive.pdf")}
    told = sign_in("clerk").post("/verify/", data=sent).text
    assert "证照真实" in told  # whatever became of it since
    assert "不是本大厅发出的原文件" not in told
