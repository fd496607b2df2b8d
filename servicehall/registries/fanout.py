"""Fan-out (并发查询): all registries at once over one shared pool, each on its own deadline."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime
from functools import cache
from typing import Protocol

import structlog

from servicehall.registries import protocol
from servicehall.registries.breakers import Resting
from servicehall.registries.connector import Answer, Outcome, Query
from servicehall.registries.lines import Line
from servicehall.registries.protocol import Malformed, Signed

TOTAL_SECONDS = 3.0
WORKERS = 192  # 32 citizens with six questions each; a thread that waits costs next to nothing
log = structlog.get_logger()

Reply = tuple[list[dict[str, str]], str, int]
Send = Callable[[Signed, Line], tuple[int, bytes, str]]


class Refused(Exception):
    """The registry does not answer questions of this purpose."""


class Credentials(Protocol):
    """Who asks, the key they share with the registries, and how many seconds they wait in all."""

    @property
    def requester(self) -> str: ...
    @property
    def key(self) -> bytes: ...
    @property
    def total(self) -> float: ...


@cache
def pool() -> ThreadPoolExecutor:
    """The one pool of the process."""
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="registry")


def ask(queries: Sequence[Query], at: datetime, who: Credentials, send: Send) -> list[Answer]:
    """Send every query at once; what has not answered within ``who.total`` is unavailable.

    *send* posts a signed request over a line; lines still busy at the end are cut, so that no
    thread of the pool stays with a registry that hangs or drips.
    """
    sent = [protocol.request(q, requester=who.requester, key=who.key, at=at) for q in queries]
    lines = [Line() for _ in queries]
    jobs = [
        pool().submit(_one, query, signed, line, who.key, send)
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


def _answer(query: Query, sent: Signed, job: Future[Reply], at: datetime) -> Answer:
    error = job.exception()
    if isinstance(error, Refused):
        return Answer(query.call, "refused", sent.hash, at, reason=str(error))
    if error is not None:
        log.warning("registry.unavailable", dataset=query.dataset, error=type(error).__name__)
        return Answer(query.call, "unavailable", sent.hash, at, reason=_reason(error))
    records, response_hash, spent = job.result()
    outcome: Outcome = "found" if records else "none"
    return Answer(
        query.call,
        outcome,
        sent.hash,
        at,
        tuple(records),
        response_hash,
        milliseconds=spent,
    )


def _one(query: Query, sent: Signed, line: Line, key: bytes, send: Send) -> Reply:
    start = time.monotonic()
    status, body, signature = send(sent, line)
    if status == 403:
        raise Refused("the registry refused this purpose")
    if status != 200:
        raise Malformed(f"the registry answered {status}")
    records = protocol.read_response(query, sent, body, signature, key=key)
    spent = int((time.monotonic() - start) * 1000)
    return records, protocol.digest(body), spent


def _reason(error: BaseException) -> str:
    return str(error) if isinstance(error, (Malformed, Resting)) else type(error).__name__
