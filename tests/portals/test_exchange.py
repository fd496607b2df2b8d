"""The machines' portal: search, verify by code and by file, and problems that a program can read."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from servicehall.licenses import library, wallet
from tests.cases.halls import NURSE, Scene

VERIFY = "/api/v1/licenses/verify"


@pytest.fixture(scope="module")
def issued(stage: Scene) -> tuple[str, bytes]:
    stage.granted_nurse()
    with stage.work("wang") as work:
        license = wallet.mine(work)[0]
        return license.code, library.pdf(work, license)


def test_the_list_is_searched_page_by_page(app: Flask) -> None:
    browser = app.test_client()
    found: Any = browser.get("/api/v1/items?q=护士执业注册").json
    assert found["items"][0]["code"] == NURSE
    assert found["items"][0]["url"] == f"/items/{NURSE}"
    codes, after = list[str](), ""
    for _ in range(3):
        page: Any = browser.get(f"/api/v1/items?after={after}").json
        codes += [item["code"] for item in page["items"]]
        after = page["next"]
    assert len(codes) == len(set(codes)) == 150
    nothing: Any = browser.get("/api/v1/items?q=没有这样的事").json
    assert (nothing["total"], nothing["items"], nothing["way"]) == (0, [], "none")


def test_the_list_is_narrowed_and_counted(app: Flask) -> None:
    browser = app.test_client()
    url = "/api/v1/items?q=许可&region=990101000000&kind=legal&level=4&applicable=true"
    found: Any = browser.get(url).json
    assert found["total"] == len(found["items"]) == found["counts"]["kind"]["legal"]
    assert not found["more"]
    assert all(item["region"].startswith("9901") for item in found["items"])
    department = found["items"][0]["department_code"]
    less: Any = browser.get(f"{url}&department={department}").json
    assert less["total"] == found["counts"]["department"][department]
    country: Any = browser.get("/api/v1/items?region=990000000000").json
    assert country["counts"]["region"] == {"990100000000": country["total"]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("region", "44"), ("kind", "x"), ("object", "x"), ("theme", "x"), ("level", "x"),
        ("applicable", "1"), ("after", "20"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(app: Flask, name: str, value: str) -> None:
    answer = app.test_client().get(f"/api/v1/items?{name}={value}")
    problem: Any = answer.json
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert name in str(problem)


@pytest.mark.parametrize("how", ["json", "form"])
def test_a_code_is_verified(app: Flask, issued: tuple[str, bytes], how: str) -> None:
    sent: dict[str, Any] = {"json" if how == "json" else "data": {"code": issued[0]}}
    answer: Any = app.test_client().post(VERIFY, **sent)
    assert (answer.status_code, answer.json["result"], answer.json["genuine"]) == (
        200,
        "valid",
        True,
    )
    assert "王雨桐" not in answer.text
    missing = app.test_client().post(VERIFY, **{k: {"code": "0" * 12} for k in sent})
    assert (missing.status_code, missing.json) == (404, {"result": "not_found", "code": "0" * 12})


def test_a_file_is_verified_either_way(app: Flask, issued: tuple[str, bytes]) -> None:
    browser, pdf = app.test_client(), issued[1]
    raw: Any = browser.post(VERIFY, data=pdf, content_type="application/pdf").json
    form = {"file": (BytesIO(pdf), "证照.pdf")}
    sent: Any = browser.post(VERIFY, data=form, content_type="multipart/form-data").json
    assert raw == sent
    assert (raw["result"], raw["same_file"]) == ("valid", True)
    bad: Any = browser.post(VERIFY, data=pdf[:-9], content_type="application/octet-stream").json
    assert (bad["genuine"], bad["same_file"]) == (False, False)


@pytest.mark.parametrize(
    "sent",
    [{}, {"data": {"code": " "}}, {"json": []}, {"json": {"code": None}}, {"json": "x"},
     {"data": b"{", "content_type": "application/json"}, {"data": b"", "content_type": "application/pdf"},
     {"data": {"file": (BytesIO(b""), "")}, "content_type": "multipart/form-data"}],
)  # fmt: skip
def test_nothing_to_verify_is_a_problem_with_its_field(app: Flask, sent: dict[str, Any]) -> None:
    answer: Any = app.test_client().post(VERIFY, **sent)
    if answer.status_code == 404:  # "None" is a code that nobody has
        assert answer.json["result"] == "not_found"
        return
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.json["field"] == "code"


def test_too_much_is_a_problem(app: Flask) -> None:
    answer: Any = app.test_client().post(
        VERIFY, data=b"%PDF-" + b"0" * 12 * 1024 * 1024, content_type="application/pdf"
    )
    assert (answer.status_code, answer.content_type) == (413, "application/problem+json")
