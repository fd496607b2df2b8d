"""Dialects (共享交换方言): how a question is put and signed on the wire, and how it is answered.

Both here sign with a secret shared by requester and registry (HMAC-SHA-256); ``xroad`` is the third.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from servicehall.registries import protocol
from servicehall.registries.connector import Query
from servicehall.registries.protocol import Asked, Malformed, Refused, Reply, Signed

JSON = {"Content-Type": "application/json; charset=utf-8", "Accept-Encoding": "identity"}
GATEWAY = "/gjgxjhpt"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Keys = Mapping[str, bytes]


class Dialect(Protocol):
    """One way of asking."""

    def question(self, query: Query, at: datetime) -> Signed:
        """*query* as it is sent at *at*."""

    def heard(self, sent: Signed, reply: Reply) -> str:
        """The signed answer in *reply*. Raises Refused, Malformed."""


@dataclass(frozen=True, slots=True)
class Own:
    """``POST /r1/<dataset>``; the signature covers path, time and body."""

    requester: str
    key: bytes = field(repr=False)

    def question(self, query: Query, at: datetime) -> Signed:
        body = protocol.body(query)
        path, time = f"/r1/{query.dataset}", at.isoformat(timespec="seconds")
        headers = {
            **JSON, "X-Requester": self.requester, "X-Request-Time": time,
            "X-Signature": signature(self.key, path, time, body),
        }  # fmt: skip
        return Signed(query.dataset, path, body, headers)

    def heard(self, sent: Signed, reply: Reply) -> str:
        return text_of(reply)


def read_own(
    path: str, headers: Mapping[str, str], body: bytes, keys: Keys, now: datetime
) -> Asked:
    """The question in a signed POST. Raises Malformed: signature, time, shape or path is wrong."""
    time = headers.get("X-Request-Time", "")
    requester = headers.get("X-Requester", "")
    made = signature(known(keys, requester), path, time, body)
    if not same(made, headers.get("X-Signature", "")):
        raise Malformed("the signature does not hold")
    asked = protocol.asked(body, requester, protocol.moment(time), now)
    if path != f"/r1/{asked.request.dataset}":
        raise Malformed("path and body name different datasets")
    return asked


@dataclass(frozen=True, slots=True)
class National:
    """The national gateway's call model (国家数据共享交换平台; STANDARDS 5).

    Headers ``gjgxjhpt_sid`` service, ``_rid`` requester, ``_rtime`` milliseconds since 1970 and
    ``_sign``, base64 of HMAC-SHA-256 over the three run together, as its published clients make it.
    The case context stands in the body. The signature does not cover the body: what was altered on
    the way is found because the answer names the hash of what was asked.
    """

    requester: str
    key: bytes = field(repr=False)

    def question(self, query: Query, at: datetime) -> Signed:
        rtime = str((at - _EPOCH) // timedelta(milliseconds=1))
        headers = {
            **JSON, "gjgxjhpt_sid": query.dataset, "gjgxjhpt_rid": self.requester,
            "gjgxjhpt_rtime": rtime,
            "gjgxjhpt_sign": national(self.key, query.dataset, self.requester, rtime),
        }  # fmt: skip
        return Signed(query.dataset, GATEWAY, protocol.body(query), headers)

    def heard(self, sent: Signed, reply: Reply) -> str:
        """The gateway wraps what the service says: ``{"code": "0", "message": "", "data": …}``."""
        refused(reply)
        try:
            match json.loads(reply.body):
                case {"code": "0", "data": str(text)}:
                    return text
        except (ValueError, RecursionError):
            pass
        raise Malformed("the gateway's answer has no data")


def read_national(headers: Mapping[str, str], body: bytes, keys: Keys, now: datetime) -> Asked:
    """The question behind the gateway's headers. Raises Malformed."""
    sid, rid, rtime, sign = (
        headers.get(f"gjgxjhpt_{name}", "") for name in ("sid", "rid", "rtime", "sign")
    )
    if not same(national(known(keys, rid), sid, rid, rtime), sign):
        raise Malformed("the signature does not hold")
    if not (rtime.isdecimal() and len(rtime) < 15):
        raise Malformed("the time is no time")
    asked = protocol.asked(body, rid, _EPOCH + timedelta(milliseconds=int(rtime)), now)
    if asked.request.dataset != sid:
        raise Malformed("header and body name different services")
    return asked


def signature(key: bytes, subject: str, time: str, body: bytes) -> str:
    """HMAC-SHA-256 in hex over what is asked where, when, and the hash of the body."""
    text = "\n".join(("POST", subject, time, protocol.digest(body)))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def national(key: bytes, sid: str, rid: str, rtime: str) -> str:
    """``gjgxjhpt_sign``."""
    mark = hmac.new(key, f"{sid}{rid}{rtime}".encode("utf8", "replace"), hashlib.sha256)
    return base64.b64encode(mark.digest()).decode()


def same(expected: str, given: str) -> bool:
    """Compared in constant time; a header may hold any characters."""
    return hmac.compare_digest(expected.encode(), given.encode("utf8", "replace"))


def known(keys: Keys, requester: str) -> bytes:
    """The key of *requester*. Raises Malformed for a stranger."""
    if requester not in keys:
        raise Malformed("unknown requester")
    return keys[requester]


def refused(reply: Reply) -> None:
    """Raises Refused or Malformed unless *reply* holds an answer."""
    if reply.status == 403:
        raise Refused("the registry refused this purpose")
    if reply.status != 200:
        raise Malformed(f"the registry answered {reply.status}")


def text_of(reply: Reply) -> str:
    """The signed answer that is the body of *reply*. Raises Refused, Malformed."""
    refused(reply)
    return reply.body.decode("ascii", "replace")
