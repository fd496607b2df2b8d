"""Pages: every refusal says what happened and what to do next; every answer carries its guards."""

import json
from datetime import UTC, datetime

import pytest
from flask import Flask

from servicehall.kernel import errors
from servicehall.portals import pages
from tests.cases.halls import NURSE, SignIn

REFUSALS = [
    (errors.NotFound(), 404), (errors.Forbidden(), 403), (errors.Conflict("变了"), 409),
    (errors.Invalid("不对"), 422), (errors.TooMany("太多", retry_after=9), 429),
    (errors.StorageFull("满了"), 507), (errors.Unavailable("没有应答"), 503),
]  # fmt: skip
BIG = 12 * 1024 * 1024 + 1


def test_every_refusal_has_its_status() -> None:
    kinds = {kind for kind in vars(errors).values() if isinstance(kind, type)} - {errors.HallError}
    assert {k for k in kinds if issubclass(k, errors.HallError)} == set(pages.STATUS)
    assert set(pages.NEXT_STEPS) >= set(pages.STATUS.values()) | {400, 405, 413, 500}


@pytest.mark.parametrize(("error", "status"), REFUSALS)
def test_a_refusal_is_a_page_with_a_next_step(
    app: Flask, error: errors.HallError, status: int
) -> None:
    with app.test_request_context("/mine/"):
        app.preprocess_request()
        answer = pages.refused(error)
    assert answer.status_code == status  # type: ignore[union-attr]
    text = answer.get_data(as_text=True)  # type: ignore[union-attr]
    for words in (
        pages.TITLES[status],
        error.message or pages.MESSAGES[status],
        pages.NEXT_STEPS[status],
    ):
        assert words in text
    retry = getattr(error, "retry_after", None)
    assert answer.headers.get("Retry-After") == (str(retry) if retry else None)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [("GET", "/nothing", 404), ("POST", "/", 405), ("GET", "/items/nothing", 404), ("GET", "/static/no.css", 404)],
)  # fmt: skip
def test_wrong_addresses_are_pages_in_chinese(
    app: Flask, method: str, url: str, status: int
) -> None:
    answer = app.test_client().open(url, method=method)
    assert answer.status_code == status
    assert pages.NEXT_STEPS[status] in answer.text
    answer.close()


@pytest.mark.parametrize("url", ["/signin", "/verify/", "/progress"])
@pytest.mark.parametrize("csrf", [True, False])
def test_too_much_is_refused_in_words(app: Flask, url: str, csrf: bool) -> None:
    app.config["WTF_CSRF_ENABLED"] = csrf
    try:
        answer = app.test_client().post(url, data={"code": "x" * BIG})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 413
    assert "超过 10 MB" in answer.text
    assert "已经填写的内容没有丢失" in answer.text


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [("GET", "/api/v1/nothing", 404), ("GET", "/api/v1/licenses/verify", 405),
     ("POST", "/api/v1/licenses/verify", 422)],
)  # fmt: skip
def test_programs_get_a_problem(app: Flask, method: str, url: str, status: int) -> None:
    answer = app.test_client().open(url, method=method)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    problem = json.loads(answer.text)
    assert (problem["status"], problem["title"]) == (status, pages.TITLES[status])
    assert problem["detail"]


def test_every_answer_is_guarded(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in("wang")
    for url in (
        "/",
        f"/items/{NURSE}",
        "/mine/",
        "/verify/",
        "/nothing",
        "/api/v1/items",
        "/healthz",
    ):
        answer = browser.get(url)
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src" not in policy  # ours alone, by default-src
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "no-store"
    picture = app.test_client().get("/static/hall.css")
    assert "no-store" not in picture.headers["Cache-Control"]
    picture.close()


def test_words_money_and_days_read_as_people_write_them(app: Flask) -> None:
    filters = app.jinja_env.filters
    with app.test_request_context("/"):
        assert [filters["yuan"](fen) for fen in (0, 5, 4000, 123456)] == [
            "0.00",
            "0.05",
            "40.00",
            "1234.56",
        ]
        assert filters["day"]("2026-03-02") == "2026年3月2日"
        assert filters["day"](None) == filters["moment"](None) == "—"
        assert filters["day"]("不是日期") == "不是日期"
        late = datetime(2026, 3, 2, 17, tzinfo=UTC)  # the next day where the hall stands
        assert filters["day"](late) == "2026年3月3日"
        assert filters["moment"]("2026-03-02T04:00:00+00:00") == "2026-03-02 12:00"
        assert filters["mask"]("990102198506150019") == "9****************9"
        assert filters["said"]("%(n)s 项", {"n": 3}) == "3 项"
