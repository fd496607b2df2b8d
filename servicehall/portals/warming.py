"""Warming (预先成页): after publishing, each web process makes the pages people read most once more.

Home, lists, life events and the guides of everything that can be applied for; one after another,
resting as long as each took, so that at least half of the processor is left to visitors.
"""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import structlog
from flask import Flask, url_for
from werkzeug.test import create_environ

from servicehall.catalogue import items, together
from servicehall.kernel.work import UnitOfWork
from servicehall.portals import metering, shelf
from servicehall.portals.sessions import VISITOR

LISTS: tuple[dict[str, Any], ...] = ({}, {"kind": "natural"}, {"kind": "legal"})
OFTEN = 0.8  # before the shelf would ask: no visitor waits for the answer
log = structlog.get_logger()


class Warmer:
    """Follows the edition of *app*'s shelf; ``round`` makes what is missing."""

    def __init__(self, app: Flask) -> None:
        self._app, self._stop = app, threading.Event()
        self._shelf: shelf.Shelf = app.extensions["shelf"]
        self._thread = threading.Thread(target=self._follow, name="warmer", daemon=True)
        self._done: object = None

    def round(self, rest: Callable[[float], object] = lambda seconds: None) -> int:
        """Make the pages of a new edition; how many. A newer edition meanwhile ends it early."""
        self._shelf.refresh(time.monotonic())
        begun, made = self._shelf.shown, 0
        if begun is None or begun == self._done:
            return 0
        for address in self._addresses():
            if not self._shelf.holds(address):
                started = time.monotonic()
                self._make(address)
                made += 1
                rest(time.monotonic() - started)
            self._shelf.look()
            if self._shelf.shown != begun:
                return made
        self._done = begun
        return made

    def follow(self) -> None:
        """Rounds until ``stop`` or the end of the process, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """No more rounds; the one that runs ends first."""
        self._stop.set()
        self._thread.join()

    def _follow(self) -> None:
        while not self._stop.wait(OFTEN * shelf.FRESH_SECONDS):
            try:
                self.round(self._stop.wait)
            except Exception:  # such as a silent database: visitors are told, the next round tries
                log.exception("warming.failed")

    def _addresses(self) -> list[str]:
        hall = self._app.extensions["hall"]
        with self._app.test_request_context(), hall.work(VISITOR) as work:
            return list(_addresses(work))

    def _make(self, address: str) -> None:
        path, _, query = address.partition("?")
        environ = {**create_environ(path, query_string=query), metering.UNASKED: True}
        answer = self._app.wsgi_app(environ, _ignored)
        for _ in answer:
            pass
        if close := getattr(answer, "close", None):
            close()


def _ignored(*_: object) -> Callable[[bytes], object]:
    """The shelf keeps the page; nobody waits for this answer."""
    return lambda _: None


def _addresses(work: UnitOfWork) -> Iterator[str]:
    """What visitors ask for most, the front first."""
    yield url_for("citizen.browse.home")
    for narrowed in LISTS:
        yield url_for("citizen.browse.items", **narrowed)
    for name in ("browse.departments", "lives.index", "front.zone"):
        yield url_for(f"citizen.{name}")
    for bundle in together.every(work):
        yield url_for("citizen.lives.bundle", slug=bundle.slug)
    for entry in items.applicable(work):
        yield url_for("citizen.browse.guide", code=entry.code)
