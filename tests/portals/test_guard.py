"""The guard: where one may go on to after signing in, and numbers that visitors write in addresses."""

from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st

from servicehall.limiting.limiter import MOST, PERIOD
from servicehall.portals.guard import safe_next, whole_number
from tests.cases.halls import SignIn

EVIL = [
    "//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
    "/\t/evil.example", "/\n/evil.example", "\r\nSet-Cookie: a=b", "http://localhost.evil.example/",
    "http://localhost@evil.example/", "http://localhost//evil.example", "evil.example", "", " //evil.example",
    "data:text/html,x", "http:///evil.example", "///evil.example",
]  # fmt: skip
BARE = Flask("bare")


@pytest.mark.parametrize("target", EVIL)
def test_another_site_is_never_next(target: str) -> None:
    with BARE.test_request_context("/"):
        assert safe_next(target) == "/"


@given(st.text(alphabet="/\\.:@?# \t\r\nhtpevil", max_size=20))
@example("/mine/?a=1#b")
def test_whatever_is_said_one_stays_here(target: str) -> None:
    with BARE.test_request_context("/"):
        reached = urlsplit(urljoin("http://localhost/here", safe_next(target)))
    assert (reached.scheme, reached.netloc) == ("http", "localhost")


@pytest.mark.parametrize(
    "target", ["/mine/", "/items?q=护士&kind=natural", "http://localhost/verify/"]
)
def test_a_page_of_ours_is(target: str) -> None:
    with BARE.test_request_context("/"):
        assert safe_next(target) == target.removeprefix("http://localhost")


@pytest.mark.parametrize("said", ["-1", "9" * 30, "x", "", "1e9", "NaN", "0x1", "2147483648"])
def test_a_number_no_database_holds_is_none(said: str) -> None:
    with BARE.test_request_context("/", query_string={"after": said}):
        assert whole_number("after") == 0


@pytest.mark.parametrize(
    ("login", "page"),
    [("clerk", "/window/?after="), ("auditor", "/console/audit?before=")],
)
def test_no_number_breaks_a_page(sign_in: SignIn, login: str, page: str) -> None:
    browser = sign_in(login)
    for said in ("-5", "9" * 30, "%00", "１２"):
        assert browser.get(page + said).status_code == 200


@pytest.mark.parametrize("said", ["-5", "9" * 30, "%00", "１２"])
def test_a_place_in_a_list_that_there_is_not_is_its_beginning(app: Flask, said: str) -> None:
    listed = app.test_client().get(f"/items?kind=natural&after={said}")
    assert (listed.status_code, listed.location) == (302, "/items?kind=natural")
    answer = app.test_client().get(f"/api/v1/items?after={said}")
    assert (answer.status_code, answer.get_json()["field"]) == (422, "after")


def test_a_visitor_is_sent_to_sign_in_and_comes_back(app: Flask) -> None:
    answer = app.test_client().get("/mine/licenses?x=1")
    assert answer.status_code == 302
    assert answer.location == "/signin?next=/mine/licenses?x%3D1"


def test_whoever_has_another_role_is_refused_in_words(sign_in: SignIn) -> None:
    answer = sign_in("wang").get("/window/")
    assert answer.status_code == 403
    assert "您的账户不能使用这个页面" in answer.text


def test_a_page_of_another_site_cannot_change_anything(app: Flask) -> None:
    for origin in (
        "https://evil.example",
        "null",
        "http://localhost.evil.example",
        "https://localhost",
    ):
        answer = app.test_client().post("/prefer", data={"lang": "en"}, headers={"Origin": origin})
        assert answer.status_code == 403
        assert "不是从本大厅的页面发出的" in answer.text


def test_a_page_of_ours_and_a_browser_that_does_not_say_can(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for headers in ({"Origin": "http://localhost"}, {}):
        assert (
            app.test_client().post("/prefer", data={"lang": "en"}, headers=headers).status_code
            == 302
        )


def test_a_program_of_another_site_may_still_verify(app: Flask) -> None:
    sent = {"json": {"code": "unknown"}, "headers": {"Origin": "https://other.example"}}
    assert app.test_client().post("/api/v1/licenses/verify", **sent).status_code == 404


def test_who_tries_many_codes_waits_and_whoever_knows_one_goes_on_elsewhere(app: Flask) -> None:
    guessing = app.test_client()
    for _ in range(MOST):
        assert guessing.get("/verify/NOSUCHCODE").status_code == 404
    answer = guessing.get("/verify/NOSUCHCODE")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == str(PERIOD)
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert guessing.get("/verify/NOSUCHCODE", environ_base=elsewhere).status_code == 404
