"""The exchange protocol (共享交换协议): one signed request, one signed answer, strictly parsed.

Body and answer are canonical JSON (RFC 8785). Headers as in the national gateway's call model:
requester, time, service, call and HMAC-SHA-256 over method, path, time and body hash.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import rfc8785
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from servicehall.registries.connector import Query

T = TypeVar("T", bound=BaseModel)

MOST_BYTES = 1024 * 1024
MOST_CHARACTERS = 500
_BREAKS = re.compile(r"[\t\r\n]+")
# Controls, and marks that turn the reading direction: they hide or reorder what a person reads.
_POISON = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\uffff]"
)
SKEW = timedelta(minutes=5)


class Malformed(ValueError):
    """A request or an answer that does not keep the protocol; the text says how."""


class Request(BaseModel):
    """The body of a question."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    call: str = Field(min_length=8, max_length=64)
    dataset: str
    subject: str = Field(min_length=1, max_length=32)
    fields: list[str] = Field(min_length=1, max_length=40)
    purpose: str = Field(min_length=1, max_length=200)
    item: str
    case: str = Field(min_length=1)
    actor: str


class Response(BaseModel):
    """The body of an answer; every value is a string."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    call: str
    dataset: str
    subject: str
    request_hash: str
    at: str
    records: list[dict[str, str]] = Field(max_length=50)


@dataclass(frozen=True, slots=True)
class Signed:
    """Bytes and the headers that prove who sent them."""

    path: str
    body: bytes
    headers: dict[str, str]

    @property
    def hash(self) -> str:
        return digest(self.body)


def digest(body: bytes) -> str:
    """SHA-256 in hex, as requests and answers are named by."""
    return hashlib.sha256(body).hexdigest()


def request(query: Query, *, requester: str, key: bytes, at: datetime) -> Signed:
    """The signed POST for *query*."""
    body = rfc8785.dumps(
        {
            "call": query.call, "dataset": query.dataset, "subject": query.subject,
            "fields": list(query.fields), "purpose": query.purpose, "item": query.item,
            "case": query.case, "actor": query.actor,
        }
    )  # fmt: skip
    path, time = f"/r1/{query.dataset}", at.isoformat(timespec="seconds")
    headers = {
        "Content-Type": "application/json",
        "X-Requester": requester,
        "X-Request-Time": time,
        "X-Signature": _signature(key, "POST", path, time, body),
    }
    return Signed(path, body, headers)


def read_request(
    path: str, body: bytes, headers: Mapping[str, str], *, key: bytes, now: datetime
) -> Request:
    """The question in a signed POST. Raises Malformed: signature, time, shape or path is wrong."""
    time = headers.get("X-Request-Time", "")
    expected = _signature(key, "POST", path, time, body)
    if not _same(expected, headers.get("X-Signature", "")):
        raise Malformed("the signature does not hold")
    if abs(now - _time(time)) > SKEW:
        raise Malformed("the request is too old or from the future")
    asked = _parse(Request, body)
    if path != f"/r1/{asked.dataset}":
        raise Malformed("path and body name different datasets")
    return asked


def response(
    asked: Request, records: list[dict[str, str]], *, request_hash: str, key: bytes, at: datetime
) -> Signed:
    """The signed answer to *asked*."""
    body = rfc8785.dumps(
        {
            "call": asked.call, "dataset": asked.dataset, "subject": asked.subject,
            "request_hash": request_hash, "at": at.isoformat(timespec="seconds"),
            "records": list(records),
        }
    )  # fmt: skip
    return Signed("", body, {"X-Signature": _signature(key, "ANSWER", asked.call, "", body)})


def read_response(
    query: Query, sent: Signed, body: bytes, signature: str, *, key: bytes
) -> list[dict[str, str]]:
    """The records that answer *query*, undeclared fields dropped. Raises Malformed.

    The answer must be signed, be about this very call and subject and name the hash of what was
    sent: somebody else's answer is no answer.
    """
    if len(body) > MOST_BYTES:
        raise Malformed("the answer is too large")
    expected = _signature(key, "ANSWER", query.call, "", body)
    if not _same(expected, signature):
        raise Malformed("the answer's signature does not hold")
    answer = _parse(Response, body)
    if (answer.call, answer.dataset, answer.subject) != (query.call, query.dataset, query.subject):
        raise Malformed("the answer is about another call or person")
    if answer.request_hash != sent.hash:
        raise Malformed("the answer is to another request")
    _time(answer.at)
    return [{f: _clean(r[f]) for f in query.fields if f in r} for r in answer.records]


def _clean(value: str) -> str:
    """A value on one line. Raises Malformed for what no register holds: far too much, controls."""
    if len(value) > MOST_CHARACTERS:
        raise Malformed("a value is too long")
    if _POISON.search(value):
        raise Malformed("a value holds control characters")
    return _BREAKS.sub(" ", value).strip()


def _signature(key: bytes, verb: str, subject: str, time: str, body: bytes) -> str:
    text = "\n".join((verb, subject, time, digest(body)))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _same(expected: str, given: str) -> bool:
    """Compared in constant time; a header may hold any characters."""
    return hmac.compare_digest(expected.encode(), given.encode("utf8", "replace"))


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed("the time is no time") from None
    if moment.tzinfo is None:
        raise Malformed("the time has no zone")
    return moment


def _parse(shape: type[T], body: bytes) -> T:
    try:
        return shape.model_validate(json.loads(body))
    except (ValidationError, ValueError, RecursionError) as error:
        raise Malformed(f"not a {shape.__name__}: {type(error).__name__}") from None
