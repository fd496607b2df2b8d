"""Supplying papers over HTTP: each faulty file comes back with its fault, and nothing else is lost."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.applying.test_scrubbing import FAULTY, picture
from tests.cases.halls import ID_CARD, LABOR, NURSE, Scene, SignIn
from tests.journeys.stage import PDF

MULTIPART = "multipart/form-data"


@pytest.fixture(scope="module")
def draft(stage: Scene) -> str:
    return stage.begin("wang", NURSE)


@pytest.fixture
def wang(sign_in: SignIn) -> FlaskClient:
    return sign_in("wang")


def send(
    browser: FlaskClient,
    key: str,
    content: bytes,
    name: str = "体检.pdf",
    code: str = "health_report",
) -> TestResponse:
    boundary, body = encode_multipart(
        {"how": "upload", "file": FileStorage(BytesIO(content), name)}
    )
    kind = f"{MULTIPART}; boundary={boundary}"
    return browser.post(f"/cases/{key}/materials/{code}", data=body, content_type=kind)


@pytest.mark.parametrize("fault", FAULTY)
def test_a_faulty_file_comes_back_with_its_fault(wang: FlaskClient, draft: str, fault: str) -> None:
    content, words = FAULTY[fault]
    answer = send(wang, draft, content)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert "体检" in answer.text
    assert wang.get(f"/cases/{draft}/materials/health_report/file").status_code == 404


def test_no_file_is_said(wang: FlaskClient, draft: str) -> None:
    for data in ({}, {"how": "upload"}, {"file": (BytesIO(b""), "")}):
        answer = wang.post(
            f"/cases/{draft}/materials/health_report", data=data, content_type=MULTIPART
        )
        assert (answer.status_code, "请选择" in answer.text) == (422, True)


def test_thirty_megabytes_are_refused_and_answers_stay(wang: FlaskClient, draft: str) -> None:
    wang.post(f"/cases/{draft}/autosave", data={"institution": "示范区人民医院"})
    answer = send(wang, draft, b"%PDF-" + b"0" * 30 * 1024 * 1024)
    assert (answer.status_code, "超过 10 MB" in answer.text) == (413, True)
    assert "示范区人民医院" in wang.get(f"/cases/{draft}/sections/practice").text


def test_a_picture_comes_back_without_what_is_not_seen(wang: FlaskClient, draft: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "home address"
    name = 'a"><script>alert(1)</script>\u202e.jpg'
    assert send(wang, draft, picture("JPEG", exif=exif), name).status_code == 302
    answer = wang.get(f"/cases/{draft}/materials/health_report/file")
    assert answer.content_type == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert b"home address" not in answer.data
    page = wang.get(f"/cases/{draft}/materials/health_report").text
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_taken_back_and_sent_again(wang: FlaskClient, draft: str) -> None:
    assert send(wang, draft, PDF).status_code == 302
    assert wang.post(f"/cases/{draft}/materials/health_report/remove").status_code == 302
    assert wang.get(f"/cases/{draft}/materials/health_report/file").status_code == 404
    assert send(wang, draft, PDF).status_code == 302
    assert wang.get(f"/cases/{draft}/materials/health_report/file").data == PDF


def test_a_promise_is_read_first(stage: Scene, wang: FlaskClient) -> None:
    key = stage.begin("wang", ID_CARD)
    url = f"/cases/{key}/materials/loss"
    assert "告知承诺书" in wang.get(url).text
    answer = wang.post(url, data={"how": "promise"})
    assert (answer.status_code, "请阅读承诺书" in answer.text) == (422, True)
    assert wang.post(url, data={"how": "promise", "promised": "yes"}).status_code == 302
    assert "您已作出告知承诺" in wang.get(url).text
    refused = wang.post(f"/cases/{key}/materials/household", data={"how": "window"})
    assert (refused.status_code, "不能容缺后补" in refused.text) == (422, True)
    assert wang.get(f"/cases/{key}/materials/nothing").status_code == 404


def test_a_paper_to_be_brought_later(stage: Scene, sign_in: SignIn) -> None:
    firm = stage.firm()
    key, li = stage.begin("li", LABOR, firm), sign_in("li")
    li.post("/switch", data={"organization": firm})
    assert li.post(f"/cases/{key}/materials/agreement", data={"how": "window"}).status_code == 302
    assert "以后补交" in li.get(f"/cases/{key}/materials/agreement").text
    assert li.get(f"/cases/{key}/later/agreement").status_code == 404  # not before acceptance
    stage.fill("li", key, firm)
    stage.submit("li", key, firm)
    stage.accepted(key)
    assert f"/cases/{key}/later/agreement" in li.get(f"/mine/cases/{key}").text
    url = f"/cases/{key}/later/agreement"
    assert "前补交" in li.get(url).text
    for bad in ({}, {"file": (BytesIO(b"MZ"), "协议.pdf")}):
        assert li.post(url, data=bad).status_code == 422
    assert li.post(url, data={"file": (BytesIO(PDF), "协议.pdf")}).status_code == 302
    assert "已补交，待核对" in li.get(url).text
    clerk = sign_in("clerk")
    with stage.work("clerk") as work:
        case = stage.case(work, key)
        number, version = case.number, case.version
    assert "核对补交的材料" in clerk.get(f"/window/cases/{number}").text
    door, sent = f"/window/cases/{number}/supplied", {"material": "agreement", "version": version}
    assert clerk.post(door, data=sent).status_code == 422
    told = {**sent, "holds": "no", "supply_reason": "缺少对方签章"}
    assert clerk.post(door, data=told).status_code == 302
    assert "缺少对方签章" in li.get("/mine/messages").text
