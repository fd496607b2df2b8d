"""Verifying over the counter: code, QR, file; real, altered, unknown; a department's look is seen."""

import sys
from io import BytesIO

import pytest
import segno
from flask import Flask

from servicehall.city.town import town
from servicehall.licenses import library, wallet
from servicehall.showing import offlinecode, showcode
from servicehall.verifying import shown
from servicehall.verifying.bounded import Examiners
from tests.cases.halls import Scene, SignIn


@pytest.fixture(scope="module")
def issued(stage: Scene) -> tuple[str, str, bytes]:
    """Code, identifier and PDF of wang's license."""
    stage.granted_nurse()
    with stage.work("wang") as work:
        license = wallet.mine(work)[0]
        return license.code, license.identifier, library.pdf(work, license)


def dropped(app: Flask, content: bytes, name: str = "证照.pdf") -> str:
    sent = {"file": (BytesIO(content), name), "code": ""}
    answer = app.test_client().post("/verify/", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 200, answer.text[:300]
    return answer.text


def test_a_computer_too_busy_to_look_says_so_and_nothing_of_the_license(
    app: Flask, issued: tuple[str, str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = Examiners((sys.executable, "-c", ""))
    monkeypatch.setattr(shown, "EXAMINERS", busy)
    visitor = app.test_client()
    sent = {"file": (BytesIO(issued[2]), "证照.pdf")}
    answer = visitor.post("/verify/", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "没有得出任何结论" in answer.text
    told = visitor.post("/api/v1/licenses/verify", data=issued[2], content_type="application/pdf")
    assert told.status_code == 503
    assert "result" not in told.json
    busy.close()


def test_a_code_however_it_is_typed(app: Flask, issued: tuple[str, str, bytes]) -> None:
    code = issued[0]
    grouped = "-".join(code[n : n + 4] for n in range(0, 12, 4)).lower()
    for typed in (code, f"  {grouped} ", grouped.replace("0", "o")):
        page = app.test_client().post("/verify/", data={"code": typed}).text
        assert "今天在有效期内" in page or "有效" in page
        assert "签名真实" in page
    assert "签名真实" in app.test_client().get(f"/verify/{code}").text


def test_a_stranger_sees_no_person(app: Flask, issued: tuple[str, str, bytes]) -> None:
    for page in (app.test_client().get(f"/verify/{issued[0]}").text, dropped(app, issued[2])):
        assert "王*桐" in page
        assert "王雨桐" not in page


def test_the_file_itself_and_one_altered(app: Flask, issued: tuple[str, str, bytes]) -> None:
    pdf = issued[2]
    assert "一个字节不差" in dropped(app, pdf)
    place = len(pdf) // 2
    changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    for content in (changed, pdf + b"\n% added", pdf[:-100]):
        page = dropped(app, content)
        assert "一个字节不差" not in page
        assert "不能确认" in page


def test_a_photo_of_the_code(app: Flask, issued: tuple[str, str, bytes]) -> None:
    drawn = BytesIO()
    segno.make(f"http://127.0.0.1:8000/verify/{issued[0]}", error="m").save(
        drawn, kind="png", scale=6
    )
    page = dropped(app, drawn.getvalue(), "二维码.png")
    assert "签名真实" in page
    assert "只核对了二维码" in page


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"eyJ.x.y", b"", b"\0" * 99]
)
def test_nonsense_is_not_recognized(app: Flask, content: bytes) -> None:
    assert "不能确认" in dropped(app, content)


def test_nothing_and_unknown_codes(app: Flask) -> None:
    browser = app.test_client()
    for data, status, words in (
        ({}, 422, "请输入核验码"), ({"code": "  "}, 422, "请输入核验码"),
        ({"code": "000000000000"}, 404, "没有找到"), ({"code": "<script>alert(1)</script>"}, 404, "没有找到"),
    ):  # fmt: skip
        answer = browser.post("/verify/", data=data)
        assert (answer.status_code, words in answer.text) == (status, True)
        assert "<script>alert" not in answer.text
    assert browser.get("/verify/" + "0" * 12).status_code == 404
    assert browser.get("/verify/'%20OR%201=1").status_code == 404


def test_a_departments_look_is_seen_by_the_holder(
    sign_in: SignIn, issued: tuple[str, str, bytes]
) -> None:
    verifier, owner = sign_in("verifier"), sign_in("wang")
    assert "核验理由" in verifier.get("/verify/").text
    verifier.post("/verify/", data={"code": issued[0], "reason": "<b>办理贷款</b>"})
    page = owner.get("/mine/usage").text
    assert "&lt;b&gt;办理贷款&lt;/b&gt;" in page
    assert "核验电子证照" in page
    assert "核验" in owner.get(f"/mine/licenses/{issued[0]}").text


def test_whoever_is_shown_it_leaves_a_trace_without_a_name(
    app: Flask, sign_in: SignIn, issued: tuple[str, str, bytes]
) -> None:
    owner, stranger = sign_in("wang"), app.test_client()
    before = owner.get("/mine/usage").text.count("核验电子证照")
    sign_in("chen").post("/verify/", data={"code": issued[0], "reason": "好奇"})
    stranger.get(f"/verify/{issued[0]}")
    stranger.post("/api/v1/licenses/verify", json={"code": issued[0]})
    stranger.post("/api/v1/licenses/verify", data=issued[2], content_type="application/pdf")
    page = owner.get("/mine/usage").text
    assert page.count("核验电子证照") == before + 4
    assert town().cast.chen.name not in page
    assert "好奇" not in page


def test_an_address_is_as_good_as_the_code_in_it(
    app: Flask, issued: tuple[str, str, bytes]
) -> None:
    sent = {"code": f"https://elsewhere.example/verify/{issued[0]}"}
    assert "签名真实" in app.test_client().post("/verify/", data=sent).text


def test_the_verdict_leads_to_the_proof_of_the_log(
    app: Flask, stage: Scene, issued: tuple[str, str, bytes]
) -> None:
    stage.headed()
    proof = f"/verify/{issued[0]}/proof.json"
    assert proof in app.test_client().get(f"/verify/{issued[0]}").text
    assert proof in dropped(app, issued[2])
    with stage.work("wang") as work:
        license = wallet.mine(work)[0]
        shown, carried = showcode.text(work, license, "work"), offlinecode.text(work, license)
        work.commit()
    for text in (shown, carried):  # whoever is shown it for minutes does not learn its code
        page = app.test_client().post("/verify/", data={"code": text}).text
        assert "签名真实" in page
        assert issued[0] not in page
