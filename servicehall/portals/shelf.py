"""Shelf (成页架): pages that every visitor sees alike, kept as bytes and given out before Flask."""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, request, session

from servicehall.portals.metering import REQUESTS

Start = Callable[..., Any]
Environ = dict[str, Any]
Wsgi = Callable[[Environ, Start], Iterable[bytes]]
ALIKE = frozenset(
    f"citizen.{name}"
    for name in (
        "browse.home", "browse.guide", "browse.items", "browse.departments",
        "browse.accessibility", "browse.privacy", "browse.opendata",
        "lives.index", "lives.bundle",
    )
)  # fmt: skip
MOST_PAGES = 256
FRESH_SECONDS = 0.5  # a page is right within a second of publishing (PERFORMANCE budgets)
MARK = "hall.shelf"
METHODS = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Kept:
    """One page as it goes out: plain and compressed, each with all of its headers."""

    plain: bytes
    packed: bytes
    tag: str
    headers: list[tuple[str, str]]
    packed_headers: list[tuple[str, str]]


class Shelf:
    """The WSGI application in front of *inner*; *edition* says which edition of the list it shows.

    Only who brings no session cookie is served from here. What is kept is thrown away together
    when the edition changes; it is asked for at most twice a second.
    """

    def __init__(self, inner: Wsgi, cookie: str, edition: Callable[[], object]) -> None:
        self._inner, self._cookie, self._edition = inner, f"{cookie}=", edition
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._shown: object = None
        self._asked = float("-inf")
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in METHODS or self._cookie in environ.get(
            "HTTP_COOKIE", ""
        ):
            return self._inner(environ, start)
        self._refresh()
        address = f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"
        page = self._pages.get(address)
        if page is None:
            return self._inner({**environ, MARK: self._keeper(address)}, start)
        return _given(page, environ, start)

    def _refresh(self) -> None:
        now = time.monotonic()
        if now - self._asked < FRESH_SECONDS:
            return
        self._asked = now
        edition = self._edition()
        if edition != self._shown:
            with self._lock:
                self._pages.clear()
                self._shown = edition

    def _keeper(self, address: str) -> Callable[[Response], None]:
        """Keeps a page that was begun under the edition shown now, unless that has changed since."""
        begun = self._shown

        def keep(response: Response) -> None:
            page = _kept(response)
            with self._lock:
                if self._shown == begun and begun is not None:
                    self._pages[address] = page
                    if len(self._pages) > MOST_PAGES:
                        self._pages.popitem(last=False)

        return keep


def register(app: Flask, edition: Callable[[], object]) -> None:
    """Put the shelf in front of *app* and let it keep what is alike for everyone."""
    app.wsgi_app = Shelf(app.wsgi_app, app.config["SESSION_COOKIE_NAME"], edition)  # type: ignore[method-assign, assignment]
    app.after_request_funcs.setdefault(None, []).insert(0, _offer)


def _offer(response: Response) -> Response:
    """Last of all: hand the finished page to the shelf, if it is one that everyone sees alike."""
    keep = request.environ.get(MARK)
    alike = request.endpoint in ALIKE and response.status_code == 200 and "q" not in request.args
    if keep is None or not alike or session or "work" not in g or g.work.actor.roles:
        return response
    response.headers["Cache-Control"] = "no-cache"
    keep(response)
    return response


def _kept(response: Response) -> Kept:
    body = response.get_data()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    packed = gzip.compress(body, 6, mtime=0)
    shared = [(k, v) for k, v in response.headers if k not in ("Content-Length", "Vary", "ETag")]
    shared += [("Vary", "Cookie, Accept-Encoding"), ("ETag", tag)]
    return Kept(
        body, packed, tag, [*shared, ("Content-Length", str(len(body)))],
        [*shared, ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))],
    )  # fmt: skip


def _given(page: Kept, environ: Environ, start: Start) -> Iterable[bytes]:
    REQUESTS.labels("shelf", environ["REQUEST_METHOD"], 200).inc()
    if environ.get("HTTP_IF_NONE_MATCH") == page.tag:
        start("304 NOT MODIFIED", [("ETag", page.tag), ("Vary", "Cookie, Accept-Encoding")])
        return [b""]
    packs = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    start("200 OK", page.packed_headers if packs else page.headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        return [b""]
    return [page.packed if packs else page.plain]
