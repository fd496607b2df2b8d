"""The exchange protocol (共享交换协议): what is asked and answered, strictly parsed, in every dialect.

Body and answer are canonical JSON (RFC 8785). The answer is signed by the department that answers
for the dataset (JWS, ES256), so that it proves something to third parties as well.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from servicehall.kernel import jcs
from servicehall.kernel.errors import Invalid
from servicehall.registries.connector import EVERYBODY, Query
from servicehall.sharing.datasets import DATASETS
from servicehall.signing import jws

T = TypeVar("T", bound=BaseModel)

TYP = "registry+jws"
MOST_BYTES = 1024 * 1024
MOST_RECORDS = 50
MOST_CHARACTERS = 500
_BREAKS = re.compile(r"[\t\r\n]+")
# Controls, and marks that turn the reading direction: they hide or reorder what a person reads.
_POISON = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\uffff]"
)
SKEW = timedelta(minutes=5)


class Malformed(ValueError):
    """A request or an answer that does not keep the protocol; the text says how."""


class Refused(Exception):
    """The registry does not answer questions of this purpose."""


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
    party: str = Field(min_length=1)


class Response(BaseModel):
    """The body of an answer; every value is a string."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    call: str
    dataset: str
    subject: str
    request_hash: str
    at: str
    records: list[dict[str, str]]

    @model_validator(mode="after")
    def few(self) -> Self:
        """About one subject there are at most 50 records."""
        if self.subject != EVERYBODY and len(self.records) > MOST_RECORDS:
            raise ValueError("too many records")
        return self


@dataclass(frozen=True, slots=True)
class Signed:
    """A POST as it is sent: ``dataset`` is what it asks, the headers prove who asks."""

    dataset: str
    path: str
    body: bytes
    headers: dict[str, str]

    @property
    def hash(self) -> str:
        return digest(self.body)

    @property
    def message(self) -> bytes:
        """Every byte of it, to be kept: line, headers, blank line, body."""
        head = "".join(f"{name}: {text}\r\n" for name, text in self.headers.items())
        return f"POST {self.path}\r\n{head}\r\n".encode() + self.body


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back over the wire; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was signed by *requester* at *at*."""

    request: Request
    requester: str
    at: datetime


def digest(body: bytes) -> str:
    """SHA-256 in hex, as requests and answers are named by."""
    return hashlib.sha256(body).hexdigest()


def body(query: Query) -> bytes:
    """*query* as it is sent."""
    return jcs.plain(
        {
            "call": query.call, "dataset": query.dataset, "subject": query.subject,
            "fields": list(query.fields), "purpose": query.purpose, "item": query.item,
            "case": query.case, "actor": query.actor, "party": query.party,
        }
    )  # fmt: skip


def asked(sent: bytes, requester: str, at: datetime, now: datetime) -> Asked:
    """The question in a body signed at *at*. Raises Malformed: time or shape is wrong."""
    if abs(now - at) > SKEW:
        raise Malformed("the request is too old or from the future")
    return Asked(parse(Request, sent), requester, at)


def body_of(message: bytes) -> bytes:
    """The body in the kept bytes of a question (``Signed.message``)."""
    return message.partition(b"\r\n\r\n")[2]


def response(
    question: Request, records: list[dict[str, str]], *, request_hash: str, at: datetime
) -> bytes:
    """The answer to *question*, to be signed by who answers for the dataset."""
    return jcs.plain(
        {
            "call": question.call, "dataset": question.dataset, "subject": question.subject,
            "request_hash": request_hash, "at": at.isoformat(timespec="seconds"),
            "records": list(records),
        }
    )  # fmt: skip


def read_response(
    query: Query, sent: Signed, text: str, anchors: tuple[bytes, ...]
) -> list[dict[str, str]]:
    """The records that answer *query*, undeclared fields dropped. Raises Malformed.

    The answer must be signed by the department that answers for the dataset, be about this very
    call and subject and name the hash of what was sent: somebody else's answer is no answer.
    """
    answer = opened(text, anchors)
    if (answer.call, answer.dataset, answer.subject) != (query.call, query.dataset, query.subject):
        raise Malformed("the answer is about another call or person")
    if answer.request_hash != sent.hash:
        raise Malformed("the answer is to another request")
    return [{f: _clean(r[f]) for f in query.fields if f in r} for r in answer.records]


def opened(text: str, anchors: tuple[bytes, ...]) -> Response:
    """What a signed answer says, its signature proven to be its provider's. Raises Malformed."""
    try:
        envelope = jws.opened(text, typ=TYP)
        leaf = envelope.verify(anchors)
    except Invalid as error:
        raise Malformed(f"the answer's signature does not hold: {error}") from None
    answer = parse(Response, envelope.payload)
    offered = DATASETS.get(answer.dataset)
    if offered is None or leaf.issuer.code != offered.provider:
        raise Malformed("the answer is signed by another department than its provider")
    moment(answer.at)
    return answer


def moment(text: str) -> datetime:
    """A time with its zone. Raises Malformed."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed("the time is no time") from None
    if told.tzinfo is None:
        raise Malformed("the time has no zone")
    return told


def _clean(value: str) -> str:
    """A value on one line. Raises Malformed for what no register holds: far too much, controls."""
    if len(value) > MOST_CHARACTERS:
        raise Malformed("a value is too long")
    if _POISON.search(value):
        raise Malformed("a value holds control characters")
    return _BREAKS.sub(" ", value).strip()


def parse(shape: type[T], content: bytes) -> T:
    """*content* as a *shape*. Raises Malformed."""
    try:
        return shape.model_validate_json(content)
    except ValidationError as error:
        raise Malformed(f"not a {shape.__name__}: {type(error).__name__}") from None
