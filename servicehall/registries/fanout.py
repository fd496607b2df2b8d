"""Fan-out (并发查询): all registries at once, what each said told apart, one deadline for all."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import structlog

from servicehall.registries import protocol
from servicehall.registries.breakers import Resting
from servicehall.registries.connector import Answer, Query
from servicehall.registries.dialects import Dialect
from servicehall.registries.protocol import Malformed, Refused, Reply, Signed

TOTAL_SECONDS = 3.0
WORKERS = 192  # 32 citizens with six questions each; a thread that waits costs next to nothing
log = structlog.get_logger()

Said = Reply | BaseException
Exchange = Callable[[Sequence[Signed], float], Iterator[tuple[int, Said]]]


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


def ask(queries: Sequence[Query], at: datetime, who: Asker, exchange: Exchange) -> list[Answer]:
    """Send every query at once; what has not answered within ``who.total`` is unavailable.

    *exchange* sends the signed requests and gives, within so many seconds, the place of each and
    what was said or why nothing was, in the order they come: one is read while others are on the way.
    """
    sent, anchors = [who.dialect.question(query, at) for query in queries], who.anchors()
    answers: dict[int, Answer] = {}
    start = time.monotonic()
    for place, said in exchange(sent, who.total):
        spent = int((time.monotonic() - start) * 1000)
        answers[place] = _answer(queries[place], sent[place], said, at, who.dialect, anchors, spent)
    late = TimeoutError(f"no answer within {who.total:g} s")
    return [
        answers.get(place) or _unavailable(query, sent[place], at, late, str(late))
        for place, query in enumerate(queries)
    ]


def _answer(
    query: Query, sent: Signed, said: Said, at: datetime, dialect: Dialect,
    anchors: tuple[bytes, ...], spent: int,
) -> Answer:  # fmt: skip
    try:
        if isinstance(said, BaseException):
            raise said
        text = dialect.heard(sent, said)
        records = protocol.read_response(query, sent, text, anchors)
    except Refused as error:
        return Answer(query.call, "refused", sent.hash, at, reason=str(error))
    except Exception as error:
        return _unavailable(query, sent, at, error, _reason(error))
    return Answer(
        query.call, "found" if records else "none", sent.hash, at, tuple(records),
        protocol.digest(text.encode()), sent.message, text, milliseconds=spent,
    )  # fmt: skip


def _unavailable(query: Query, sent: Signed, at: datetime, error: Exception, reason: str) -> Answer:
    log.warning("registry.unavailable", dataset=query.dataset, error=type(error).__name__)
    return Answer(query.call, "unavailable", sent.hash, at, reason=reason)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, (Malformed, Resting)) else type(error).__name__
