"""The shelf: visitors get the kept page, nobody gets another person's, and a change is seen at once."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, Response, request, request_started
from flask.testing import FlaskClient

from servicehall import factory
from servicehall.catalogue import publishing
from servicehall.kernel.work import SYSTEM
from servicehall.portals import shelf
from servicehall.wiring import Hall
from tests.cases.halls import NURSE, SignIn
from tests.portals.test_metering import counted

GUIDE = f"/items/{NURSE}"


@pytest.fixture
def fresh(hall: Hall) -> Flask:
    """An application whose shelf is empty."""
    made = factory.create_app(hall=hall)
    made.config["WTF_CSRF_ENABLED"] = False
    return made


@contextmanager
def rendered(app: Flask) -> Iterator[list[str]]:
    """The pages that Flask itself answers, as they come."""
    seen: list[str] = []

    def note(sender: Flask) -> None:
        seen.append(request.path)

    with request_started.connected_to(note, app):
        yield seen


@pytest.mark.parametrize("url", ["/", GUIDE, "/items", "/departments", "/privacy"])
def test_a_visitors_second_look_costs_no_rendering(fresh: Flask, url: str) -> None:
    with rendered(fresh) as seen:
        first, second = fresh.test_client().get(url), fresh.test_client().get(url)
    assert first.text == second.text
    assert len(seen) == 1
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert first.headers[name] == second.headers[name]
    assert "Set-Cookie" not in second.headers


def test_a_page_is_sent_small_and_not_twice(fresh: Flask) -> None:
    browser = fresh.test_client()
    plain = browser.get(GUIDE)
    packed = browser.get(GUIDE, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) * 3 < len(plain.data)
    tag = packed.headers["ETag"]
    assert browser.get(GUIDE, headers={"If-None-Match": tag}).status_code == 304
    assert browser.head(GUIDE).status_code == 200


def test_whoever_is_signed_in_or_reads_english_gets_a_page_of_their_own(
    app: Flask, sign_in: SignIn
) -> None:
    app.test_client().get("/")
    assert "王雨桐" in sign_in("wang").get("/").text
    english: FlaskClient = app.test_client()
    english.post("/prefer", data={"lang": "en"})
    assert 'lang="en"' in english.get("/").text
    assert "王雨桐" not in app.test_client().get("/").text


def test_what_visitors_search_for_is_not_kept(fresh: Flask) -> None:
    with rendered(fresh) as seen:
        for _ in range(2):
            fresh.test_client().get("/items?q=护士")
    assert len(seen) == 2


def test_a_suspended_item_is_seen_to_be_so_at_once(fresh: Flask, hall: Hall) -> None:
    before = fresh.test_client().get(GUIDE).text
    with hall.work(SYSTEM) as work:
        publishing.mark(work, NURSE, state="suspended", reason="test")
        work.commit()
    assert fresh.test_client().get(GUIDE).text != before


def test_within_the_half_second_the_database_is_not_asked(
    fresh: Flask, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh.test_client().get(GUIDE)
    monkeypatch.setattr(shelf, "FRESH_SECONDS", 3600)
    before = fresh.test_client().get(GUIDE).text
    with hall.work(SYSTEM) as work:
        publishing.mark(work, NURSE, state="in_use", reason="test")
        work.commit()
    assert fresh.test_client().get(GUIDE).text == before


def test_the_shelf_does_not_grow_without_end(fresh: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_PAGES", 3)
    with rendered(fresh) as seen:
        for number in (1, 2, 3, 4, 4, 1):
            fresh.test_client().get(f"/privacy?{number}")
    assert len(seen) == 5


def test_addresses_made_up_drive_out_nobody_elses(
    fresh: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MOST_PAGES", 3)
    fresh.test_client().get("/privacy")
    for number in range(9):
        fresh.test_client().get(f"/privacy?{number}")
    with rendered(fresh) as seen:
        fresh.test_client().get("/privacy")
    assert seen == []


def test_a_page_rendered_while_the_list_changed_is_not_kept() -> None:
    number, calls = [1], []

    def inner(environ: shelf.Environ, start: shelf.Start) -> list[bytes]:
        calls.append(environ["PATH_INFO"])
        if environ["PATH_INFO"] == "/slow" and number == [1]:
            number[0] = 2
            front({**ask, "PATH_INFO": "/other"}, start)  # somebody asks meanwhile: edition 2
        environ[shelf.MARK](Response("page"))
        return [b"page"]

    front = shelf.Shelf(inner, "hall", lambda: number[0])
    ask = {"REQUEST_METHOD": "GET", "PATH_INFO": "/slow", "QUERY_STRING": ""}
    for _ in range(3):
        front(ask, lambda *_: None)
    assert calls == ["/slow", "/other", "/slow"]


def test_while_the_database_is_silent_nothing_is_kept_or_given() -> None:
    calls: list[str] = []

    def inner(environ: shelf.Environ, start: shelf.Start) -> list[bytes]:
        calls.append(environ["PATH_INFO"])
        environ[shelf.MARK](Response("page"))
        return [b"page"]

    front = shelf.Shelf(inner, "hall", lambda: None)
    ask = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": ""}
    for _ in range(2):
        front(ask, lambda *_: None)
    assert len(calls) == 2


def test_each_region_has_pages_of_its_own(fresh: Flask) -> None:
    visitor = fresh.test_client()
    visitor.post("/prefer", data={"region": "990101000000"})
    with rendered(fresh) as seen:
        pages = [fresh.test_client().get("/").text, visitor.get("/").text] * 2
    assert pages[0] == pages[2] != pages[1] == pages[3]
    assert seen == ["/", "/"]


def test_a_region_that_is_none_is_not_kept(fresh: Flask) -> None:
    visitor = fresh.test_client()
    visitor.set_cookie("region", "123456789012")
    with rendered(fresh) as seen:
        assert visitor.get("/").text == visitor.get("/").text
    assert seen == ["/", "/"]


def test_an_old_page_stands_in_for_a_moment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    now, number, calls = [100.0], [1], []

    def inner(environ: shelf.Environ, start: shelf.Start) -> list[bytes]:
        calls.append(number[0])
        environ[shelf.MARK](Response(f"page {number[0]}"))
        return [f"page {number[0]}".encode()]

    monkeypatch.setattr(shelf, "FRESH_SECONDS", 0.5)
    monkeypatch.setattr(shelf.time, "monotonic", lambda: now[0])
    front = shelf.Shelf(inner, "hall", lambda: number[0])
    ask = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}

    def asked() -> bytes:
        return b"".join(front(ask, lambda *_: None))

    assert asked() == b"page 1"
    number[0] = 2  # published at 100.0
    seen = []
    for _ in range(100):
        now[0] += 0.01
        seen.append((round(now[0] - 100, 2), asked()))
    assert [at for at, page in seen if page == b"page 1"][-1] < 1
    assert all(page == b"page 2" for at, page in seen if at >= 1)
    assert calls == [1, 2]


def test_what_nearly_everybody_asks_for_is_the_same_page_and_counted(
    fresh: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = fresh.test_client()
    first = browser.get(GUIDE)
    monkeypatch.setattr(shelf, "FRESH_SECONDS", 3600)
    browser.get(GUIDE)
    with rendered(fresh) as seen:
        plain, packed = browser.get(GUIDE), browser.get(GUIDE, headers={"Accept-Encoding": "gzip"})
        again = browser.get(GUIDE, headers={"If-None-Match": plain.headers["ETag"]})
        head, asked = browser.head(GUIDE), browser.get(f"{GUIDE}?")
    assert seen == []
    assert plain.data == first.data == asked.data == gzip.decompress(packed.data)
    assert again.status_code == 304
    assert (head.data, head.headers["Content-Length"]) == (b"", str(len(plain.data)))
    names = {name for name, _ in first.headers} - {"Vary", "ETag", "Content-Length"}
    assert {name for name, _ in plain.headers} == names | {"Vary", "ETag", "Content-Length"}
    before = counted("shelf", "GET", 200)
    browser.get(GUIDE)
    fresh.extensions["shelf"].refresh(0)
    assert counted("shelf", "GET", 200) >= before + 1
