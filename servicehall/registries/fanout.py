"""Fan-out (并发查询): all registries at once over one shared pool, each on its own deadline."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime
from functools import cache
from typing import Protocol

import structlog

from servicehall.registries import protocol
from servicehall.registries.connector import Answer, Outcome, Query
from servicehall.registries.protocol import Malformed, Signed

TOTAL_SECONDS = 3.0
WORKERS = 64
log = structlog.get_logger()

Send = Callable[[Signed], tuple[int, bytes, str]]


class Credentials(Protocol):
    """Who asks and the key they share with the registries."""

    @property
    def requester(self) -> str: ...
    @property
    def key(self) -> bytes: ...


@cache
def pool() -> ThreadPoolExecutor:
    """The one pool of the process."""
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="registry")


def ask(queries: Sequence[Query], at: datetime, who: Credentials, send: Send) -> list[Answer]:
    """Send every query at once; what has not answered within 3 s counts as unavailable."""
    sent = [protocol.request(q, requester=who.requester, key=who.key, at=at) for q in queries]
    jobs = [pool().submit(_one, q, s, who.key, send) for q, s in zip(queries, sent, strict=True)]
    wait(jobs, timeout=TOTAL_SECONDS)
    return [
        _answer(query, signed, job, at)
        for query, signed, job in zip(queries, sent, jobs, strict=True)
    ]


def _answer(
    query: Query, sent: Signed, job: "Future[tuple[list[dict[str, str]], str, int]]", at: datetime
) -> Answer:
    if not job.done():
        job.cancel()
        return Answer(query.call, "unavailable", sent.hash, at, reason="no answer within 3 s")
    error = job.exception()
    if isinstance(error, PermissionError):
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


def _one(
    query: Query, sent: Signed, key: bytes, send: Send
) -> tuple[list[dict[str, str]], str, int]:
    start = time.monotonic()
    status, body, signature = send(sent)
    if status == 403:
        raise PermissionError("the registry refused this purpose")
    if status != 200:
        raise Malformed(f"the registry answered {status}")
    records = protocol.read_response(query, sent, body, signature, key=key)
    spent = int((time.monotonic() - start) * 1000)
    return records, Signed("", body, {}).hash, spent


def _reason(error: BaseException) -> str:
    return str(error) if isinstance(error, Malformed) else type(error).__name__
