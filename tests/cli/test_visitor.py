"""The visitor keeps cookies and tokens, follows redirects, and gives up on a loop."""

import threading
from collections.abc import Iterator
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from servicehall.cli.visitor import Page, Visitor

FORM = '<input id="t" name="csrf_token" type="hidden" value="a&amp;b"><input type="hidden" name="version" value="7">'


def application(environ: WSGIEnvironment, start: StartResponse) -> object:
    with Request(environ) as request:
        answer = answered(request)
    return answer(environ, start)


def answered(request: Request) -> Response:
    if request.path == "/form":
        return Response(FORM, headers=[("Set-Cookie", "hall=1; Path=/"), ("Set-Cookie", "b=2")])
    if request.path == "/loop":
        return Response(status=302, headers={"Location": "/loop"})
    if request.path == "/send":
        said = f"{request.form['csrf_token']} {request.form['x']} {request.cookies['hall']}"
        name = request.files["file"].filename
        return Response(status=302, headers={"Location": f"/said/{said} {name}"})
    return Response(request.path)


@pytest.fixture
def base() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, application)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_form_is_sent_with_its_token_and_cookies(base: str) -> None:
    visitor = Visitor(base)
    page = visitor.get("/form")
    assert (page.status, page.hidden("version"), page.hidden("none")) == (200, "7", "")
    assert visitor.cookies == {"hall": "1", "b": "2"}
    sent = visitor.post("/send", files={"file": ("报告.png", b"x")}, x="好")
    assert sent.text == "/said/a&b 好 1 报告.png"
    visitor.http.clear()


def test_a_loop_of_redirects_ends(base: str) -> None:
    visitor = Visitor(base)
    assert visitor.get("/loop").status == 302
    visitor.http.clear()


def test_a_page_that_is_no_text_does_not_break() -> None:
    assert Page("/", 200, b"\xff").hidden("x") == ""
