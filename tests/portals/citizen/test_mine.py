"""One's own space: cases with every date explained, licenses to show and to keep, one rating."""

import pytest
from flask.testing import FlaskClient

from servicehall.cli import serving
from servicehall.licenses import library, wallet
from tests.cases.halls import ALLOWANCE, FUND, ID_CARD, Scene, SignIn


@pytest.fixture(scope="module")
def ended(stage: Scene) -> str:
    return stage.granted_nurse()


@pytest.fixture
def wang(sign_in: SignIn) -> FlaskClient:
    return sign_in("wang")


def test_the_front_shows_what_is_mine(wang: FlaskClient, sign_in: SignIn, ended: str) -> None:
    page = wang.get("/mine/").text
    assert f"/mine/cases/{ended}" in page
    assert ended not in sign_in("chen").get("/mine/").text


def test_an_english_reader_finds_english_names(sign_in: SignIn, stage: Scene, ended: str) -> None:
    """Beside the official Chinese name of a license, and in place of that of an item."""
    reader = sign_in("wang")
    reader.post("/prefer", data={"lang": "en"})
    assert "Nurse registration" in reader.get("/mine/").text
    with stage.work("wang") as work:
        code = wallet.mine(work)[0].code
    for url in (f"/mine/licenses/{code}", f"/verify/{code}"):
        page = reader.get(url).text
        assert "护士执业证书" in page
        assert "Nurse certificate" in page, url
    sign_in("verifier").get(f"/verify/{code}")
    for url in (f"/mine/licenses/{code}", "/mine/usage"):
        assert "Purpose not given" in reader.get(url).text, url


def test_every_day_is_explained(wang: FlaskClient, ended: str) -> None:
    page = wang.get(f"/mine/cases/{ended}").text
    for words in ("受理当日不计算", "非工作日", "第 5 天", "已办结", "示范卫生职业学院"):
        assert words in page


def test_a_license_is_shown_and_kept_byte_for_byte(
    stage: Scene, wang: FlaskClient, sign_in: SignIn, ended: str
) -> None:
    with stage.work("wang") as work:
        license = wallet.mine(work)[0]
        code, kept = license.code, library.pdf(work, license)
    assert code in wang.get("/mine/licenses").text
    page = wang.get(f"/mine/licenses/{code}").text
    assert "<svg" in page
    answer = wang.get(f"/mine/licenses/{code}.pdf")
    assert (answer.data, answer.content_type) == (kept, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    for url in (f"/mine/licenses/{code}", f"/mine/licenses/{code}.pdf"):
        assert sign_in("chen").get(url).status_code == 404


def test_rated_once(wang: FlaskClient, ended: str) -> None:
    url = f"/mine/cases/{ended}/rating"
    for grade in ("", "0", "6", "x"):
        answer = wang.post(url, data={"grade": grade})
        assert (answer.status_code, "请选择一个评价等级" in answer.text) == (422, True)
    sent = {"grade": "1", "words": "<i>慢</i>"}
    page = wang.post(url, data=sent, follow_redirects=True).text
    assert "感谢您的评价" in page
    assert "&lt;i&gt;慢&lt;/i&gt;" in page
    assert wang.post(url, data=sent).status_code == 409


def test_a_bill_says_where_to_pay(stage: Scene, wang: FlaskClient) -> None:
    key = stage.applied("wang", ID_CARD)
    stage.accepted(key)
    page = wang.get(f"/mine/cases/{key}").text
    assert "40.00" in page
    assert "综合窗口缴费" in page


@pytest.mark.parametrize(("login", "item"), [("chen", ALLOWANCE), ("wang", FUND)])
def test_a_bank_account_is_masked(stage: Scene, sign_in: SignIn, login: str, item: str) -> None:
    key = stage.applied(login, item)
    page = sign_in(login).get(f"/mine/cases/{key}").text
    assert "6200000000000000" not in page
    assert "6**************0" in page


def test_consent_is_kept_and_taken_back(wang: FlaskClient, stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("wang", FUND)
    page = wang.get(f"/mine/cases/{key}").text
    assert "下载授权凭证" in page
    kept = wang.get(f"/mine/cases/{key}/consent")
    assert kept.content_type == "application/jose"
    assert kept.data.count(b".") == 2
    assert wang.post(f"/mine/cases/{key}/consent/revoke").status_code == 302
    page = wang.get(f"/mine/cases/{key}").text
    assert "此后没有再查询" in page
    assert "/consent/revoke" not in page
    assert "撤回了查询授权" in sign_in("clerk").get(f"/window/cases/{key}").text
    assert wang.post(f"/mine/cases/{key}/consent/revoke").status_code == 409


def test_the_evidence_of_the_look_ups_is_there_to_take_once_it_is_stamped(
    wang: FlaskClient, stage: Scene, sign_in: SignIn
) -> None:
    key = stage.begin("wang", ID_CARD)
    assert "下载查询证据" in wang.get(f"/mine/cases/{key}").text
    early = wang.get(f"/mine/cases/{key}/evidence")
    assert early.status_code == 409
    assert "一分钟后" in early.text
    with stage.later(seconds=61):
        serving.one_round(stage.hall)
    taken = wang.get(f"/mine/cases/{key}/evidence")
    assert taken.content_type == "application/json"
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert taken.json["type"] == "servicehall-evidence"
    assert "evidence.exported" in sign_in("auditor").get(f"/console/audit?subject={key}").text
    assert sign_in("chen").get(f"/mine/cases/{key}/evidence").status_code == 404
