"""Limits: what this machine can do at best, in the same run; budgets are ratios to these."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.browser import Browser
from benchmarks.measuring import Measurement
from benchmarks.processes import Server, granian

HOME = Path(__file__).resolve().parents[1]
BLOCK = b"x" * 4096
FIELDS = {
    "name": "Wang", "email": "wang@example.com", "phone": "19900000001", "age": "32",
    "kind": "electronic", "address": "1 Model Road", "employer": "Model Hospital",
    "reason": "A benchmark",
}  # fmt: skip


class Get:
    """GET one path over and over."""

    def __init__(self, base: str, *paths: str) -> None:
        self.browser, self.paths, self.turn = Browser(base), paths, 0

    @property
    def requests(self) -> int:
        return self.browser.requests

    def __call__(self) -> None:
        self.browser.get(self.paths[self.turn % len(self.paths)])
        self.turn += 1


class Apply(Get):
    """POST the conventional form; the answer is a redirect after a durable commit."""

    def __call__(self) -> None:
        self.browser.form("/apply", **FIELDS)


class Commit:
    """One durable write in the client itself: no server at all."""

    requests = 0

    def __init__(self, act: Callable[[], object]) -> None:
        self.act = act

    def __call__(self) -> None:
        self.act()


def append_and_sync(folder: Path, index: int) -> Commit:
    """Append 4 kB and fdatasync, each client in a file of its own."""
    file = os.open(folder / f"append-{index}", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def act() -> None:
        os.write(file, BLOCK)
        os.fdatasync(file)

    return Commit(act)


def insert_and_commit(folder: Path, _: int) -> Commit:
    """One row and one commit with synchronous=FULL, all clients in one database."""
    link = sqlite3.connect(folder / "commits.db", isolation_level=None, timeout=30)
    link.execute("PRAGMA synchronous=FULL")

    def act() -> None:
        link.execute("BEGIN IMMEDIATE")
        link.execute("INSERT INTO row (said) VALUES (?)", (BLOCK[:200],))
        link.execute("COMMIT")

    return Commit(act)


@contextmanager
def opened(
    folder: Path, page: bytes, headers: Sequence[tuple[str, str]]
) -> Iterator[list[Measurement]]:
    """The limits; raw WSGI answers with *page*, the bytes of the hall's guide page, and *headers*."""
    (folder / "page").write_bytes(page)
    environ = {
        "BENCH_BODY": str(folder / "page"), "BENCH_DATABASE": str(folder / "conventional.db"),
        "BENCH_HEADERS": json.dumps([(n, v) for n, v in headers if n.lower() not in _SERVERS]),
    }  # fmt: skip
    log = folder / "limits.log"
    _prepare(folder, environ)
    with (
        _app("raw", log, environ) as raw,
        _app("dressed", log, environ) as dressed,
        _app("flask", log, environ) as flask,
    ):
        yield [
            Measurement("limit: raw WSGI, bytes of the guide page", raw, lambda b, i, n: Get(b, "/")),
            Measurement("limit: raw WSGI, the guide page with its headers", dressed,
                        lambda b, i, n: Get(b, "/")),
            Measurement("limit: bare Flask route", flask, lambda b, i, n: Get(b, "/")),
            Measurement("limit: conventional POST + commit", flask, lambda b, i, n: Apply(b)),
            Measurement(
                "limit: 4 kB append + fdatasync", None, lambda b, i, n: append_and_sync(folder, i)
            ),
            Measurement(
                "limit: SQLite FULL insert + commit", None,
                lambda b, i, n: insert_and_commit(folder, i),
            ),
        ]  # fmt: skip


_SERVERS = frozenset({"server", "date", "connection"})  # what granian adds itself


def _prepare(folder: Path, environ: dict[str, str]) -> None:
    """Databases in place before several processes open them at once."""
    with closing(sqlite3.connect(folder / "commits.db")) as link:
        link.execute("PRAGMA journal_mode=WAL")
        link.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, said BLOB)")
    words = "from benchmarks.limits_apps import prepare; prepare()"
    subprocess.run(
        [sys.executable, "-c", words], check=True, cwd=HOME, env={**os.environ, **environ}
    )


@contextmanager
def _app(name: str, log: Path, environ: dict[str, str]) -> Iterator[Server]:
    with granian(f"benchmarks.limits_apps:{name}", log, environ=environ, where=HOME) as server:
        yield server
