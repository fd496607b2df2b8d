"""Shelf (成页架): pages that every visitor sees alike, kept as bytes and given out before Flask."""

import gzip
import hashlib
import itertools
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, request, session

from servicehall.portals import places
from servicehall.portals.metering import REQUESTS

Start = Callable[..., Any]
Environ = dict[str, Any]
Wsgi = Callable[[Environ, Start], Iterable[bytes]]
ALIKE = frozenset(
    f"citizen.{name}"
    for name in (
        "browse.home", "browse.guide", "browse.items", "browse.departments",
        "browse.accessibility", "browse.privacy", "front.zone", "lives.index", "lives.bundle",
    )
)  # fmt: skip
MOST_PAGES = 256  # of those everyone asks for, and as many narrowed ones
FRESH_SECONDS = 0.5  # so often the edition is asked for
GRACE = 0.8  # of these seconds an old page may still be given: within one second all are right
MARK, REGION = "hall.shelf", "hall.shelf.region"
METHODS = ("GET", "HEAD")
_CHOSEN = re.compile(r"(?:^|;\s*)region=(\d{12})(?:;|$)", re.ASCII)  # the cookie of places
_GIVEN = {method: REQUESTS.labels("shelf", method, 200) for method in METHODS}


@dataclass(frozen=True, slots=True)
class Kept:
    """One page as it goes out: plain and compressed (as WSGI wants it), each with all its headers."""

    plain: list[bytes]
    packed: list[bytes]
    tag: str
    headers: list[tuple[str, str]]
    packed_headers: list[tuple[str, str]]


class Shelf:
    """The WSGI application in front of *inner*; *edition* says which edition of the list it shows.

    Only who brings no session cookie is served from here, each region from pages of its own. What
    is kept is thrown away together when the edition changes; for less than half a second an old
    page may stand in for one that is not made again yet.
    """

    def __init__(self, inner: Wsgi, cookie: str, edition: Callable[[], object]) -> None:
        self._inner, self._cookie, self._edition = inner, f"{cookie}=", edition
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._narrowed: OrderedDict[str, Kept] = OrderedDict()  # by a query or a region
        self._old: dict[str, Kept] = {}
        self.shown: object = None
        self._fresh = self._grace = float("-inf")
        self._lock = threading.Lock()
        self._given, self._counted = itertools.count(), 0

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        # What nearly everybody asks for touches as little as it can: a cold line of the processor's
        # cache costs more than a hot line of Python. All other cases follow in ``_other``.
        if (
            "HTTP_COOKIE" not in environ
            and time.monotonic() < self._fresh
            and (page := self._pages.get(environ["PATH_INFO"])) is not None
            and environ["REQUEST_METHOD"] == "GET"
            and not environ.get("QUERY_STRING")
            and "HTTP_IF_NONE_MATCH" not in environ
        ):
            next(self._given)
            if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
                start("200 OK", page.packed_headers)
                return page.packed
            start("200 OK", page.headers)
            return page.plain
        return self._other(environ, start)

    def _other(self, environ: Environ, start: Start) -> Iterable[bytes]:
        cookie = environ.get("HTTP_COOKIE", "")
        if environ["REQUEST_METHOD"] not in METHODS or (cookie and self._cookie in cookie):
            return self._inner(environ, start)
        now = self.look()
        address = environ["PATH_INFO"]
        if query := environ.get("QUERY_STRING", ""):
            address = f"{address}?{query}"
        region = _region(cookie) if cookie else ""
        if region:
            address = f"{region}{address}"
        page = self._of(address).get(address) or (now < self._grace and self._old.get(address))
        if page:
            return _given(page, environ, start)
        mine = {**environ, MARK: self._keeper(address), REGION: region}
        return self._inner(mine, start)

    def look(self) -> float:
        """Ask for the edition if that was not done lately; what time it is."""
        now = time.monotonic()
        if now >= self._fresh:
            self.refresh(now)
        return now

    def refresh(self, now: float) -> None:
        """Ask which edition is in force; pages of another one are no longer kept."""
        self._fresh = now + FRESH_SECONDS
        self._count()
        edition = self._edition()
        if edition != self.shown:
            with self._lock:
                self._old = {} if edition is None else {**self._pages, **self._narrowed}
                self._grace = now + GRACE * FRESH_SECONDS
                self._pages.clear()
                self._narrowed.clear()
                self.shown = edition
        elif now >= self._grace:
            self._old = {}

    def _count(self) -> None:
        """Tell the meter of the pages given since; every call takes one number itself."""
        with self._lock:
            number = next(self._given)
            _GIVEN["GET"].inc(number - self._counted)
            self._counted = number + 1

    def holds(self, address: str) -> bool:
        """Whether the page at *address* is kept, for visitors who chose no region."""
        return address in self._of(address)

    def _of(self, address: str) -> OrderedDict[str, Kept]:
        """Where it is kept: however many addresses somebody makes up, they do not drive out others'."""
        return self._pages if address[:1] == "/" and "?" not in address else self._narrowed

    def _keeper(self, address: str) -> Callable[[Response], None]:
        """Keeps a page that was begun under the edition shown now, unless that has changed since."""
        begun = self.shown

        def keep(response: Response) -> None:
            page = _kept(response)
            with self._lock:
                if self.shown == begun and begun is not None:
                    pages = self._of(address)
                    pages[address] = page
                    if len(pages) > MOST_PAGES:
                        pages.popitem(last=False)

        return keep


def register(app: Flask, edition: Callable[[], object]) -> None:
    """Put the shelf in front of *app* and let it keep what is alike for everyone."""
    made = Shelf(app.wsgi_app, app.config["SESSION_COOKIE_NAME"], edition)
    app.wsgi_app = app.extensions["shelf"] = made  # type: ignore[method-assign, assignment]
    app.after_request_funcs.setdefault(None, []).insert(0, _offer)


def _offer(response: Response) -> Response:
    """Last of all: hand the finished page to the shelf, if it is one that everyone sees alike."""
    keep = request.environ.get(MARK)
    alike = request.endpoint in ALIKE and response.status_code == 200 and "q" not in request.args
    if keep is None or not alike or session or "work" not in g or g.work.actor.roles:
        return response
    if request.environ[REGION] != places.chosen():  # an unknown one: shown as if none was chosen
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
        [body], [packed], tag, [*shared, ("Content-Length", str(len(body)))],
        [*shared, ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))],
    )  # fmt: skip


def _region(cookie: str) -> str:
    found = _CHOSEN.search(cookie)
    return found[1] if found else ""


def _given(page: Kept, environ: Environ, start: Start) -> Iterable[bytes]:
    _GIVEN[environ["REQUEST_METHOD"]].inc()
    if environ.get("HTTP_IF_NONE_MATCH") == page.tag:
        start("304 NOT MODIFIED", [("ETag", page.tag), ("Vary", "Cookie, Accept-Encoding")])
        return [b""]
    packs = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    start("200 OK", page.packed_headers if packs else page.headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        return [b""]
    return page.packed if packs else page.plain
