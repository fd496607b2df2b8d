"""Fan-out (并发查询): all registries at once over one shared pool, each on its own deadline."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import structlog

from servicehall.registries import protocol
from servicehall.registries.breakers import Resting
from servicehall.registries.connector import Answer, Query
from servicehall.registries.dialects import Dialect
from servicehall.registries.lines import Line
from servicehall.registries.protocol import Malformed, Refused, Reply, Signed

TOTAL_SECONDS = 3.0
WORKERS = 192  # 32 citizens with six questions each; a thread that waits costs next to nothing
log = structlog.get_logger()

Heard = tuple[list[dict[str, str]], str, int]
Send = Callable[[Signed, Line], Reply]


@dataclass(frozen=True, slots=True)
class Asker:
    """How questions are put, which roots' departments are believed, and the seconds all may take."""

    dialect: Dialect
    anchors: Callable[[], tuple[bytes, ...]]
    total: float = TOTAL_SECONDS


@cache
def pool() -> ThreadPoolExecutor:
    """The one pool of the process."""
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="registry")


def ask(queries: Sequence[Query], at: datetime, who: Asker, send: Send) -> list[Answer]:
    """Send every query at once; what has not answered within ``who.total`` is unavailable.

    *send* posts a signed request over a line; lines still busy at the end are cut, so that no
    thread of the pool stays with a registry that hangs or drips.
    """
    sent = [who.dialect.question(query, at) for query in queries]
    lines, anchors = [Line() for _ in queries], who.anchors()
    jobs = [
        pool().submit(_one, query, signed, line, who.dialect, anchors, send)
        for query, signed, line in zip(queries, sent, lines, strict=True)
    ]
    _, late = wait(jobs, timeout=who.total)
    for job, line in zip(jobs, lines, strict=True):
        if job in late and not job.cancel():
            line.cut()
    return [
        _too_late(query, signed, at, who.total) if job in late else _answer(query, signed, job, at)
        for query, signed, job in zip(queries, sent, jobs, strict=True)
    ]


def _too_late(query: Query, sent: Signed, at: datetime, total: float) -> Answer:
    log.warning("registry.unavailable", dataset=query.dataset, error="too late")
    return Answer(query.call, "unavailable", sent.hash, at, reason=f"no answer within {total:g} s")


def _answer(query: Query, sent: Signed, job: Future[Heard], at: datetime) -> Answer:
    error = job.exception()
    if isinstance(error, Refused):
        return Answer(query.call, "refused", sent.hash, at, reason=str(error))
    if error is not None:
        log.warning("registry.unavailable", dataset=query.dataset, error=type(error).__name__)
        return Answer(query.call, "unavailable", sent.hash, at, reason=_reason(error))
    records, said, spent = job.result()
    return Answer(
        query.call, "found" if records else "none", sent.hash, at, tuple(records),
        protocol.digest(said.encode()), sent.message, said, milliseconds=spent,
    )  # fmt: skip


def _one(
    query: Query, sent: Signed, line: Line, dialect: Dialect, anchors: tuple[bytes, ...], send: Send
) -> Heard:
    start = time.monotonic()
    said = dialect.heard(sent, send(sent, line))
    records = protocol.read_response(query, sent, said, anchors)
    return records, said, int((time.monotonic() - start) * 1000)


def _reason(error: BaseException) -> str:
    return str(error) if isinstance(error, (Malformed, Resting)) else type(error).__name__
