"""X-Road (X-Road 报文协议): the X-Road Message Protocol for REST, PR-REST 1.0.4.

The security servers authenticate each other; requester and registry sign end to end in headers of
their own, which X-Road hands on unmodified (PR-REST 4.3, "User defined headers").
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, unquote

from servicehall.registries import dialects, protocol
from servicehall.registries.connector import Query
from servicehall.registries.dialects import Keys
from servicehall.registries.protocol import Asked, Malformed, Reply, Signed
from servicehall.sharing.datasets import DATASETS

VERSION, SUBSYSTEM, COUNTRY = "r1", "shared", "CN"
GOVERNMENT = "GOV"
# Not part of the message that is hashed: they belong to one leg of the way (PR-REST 4.3).
_OF_THE_LEG = frozenset(
    {
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer",
        "transfer-encoding", "upgrade", "pragma", "user-agent", "host", "content-length", "server",
        "expect", "x-road-request-id", "x-road-request-hash",
    }
)  # fmt: skip
ORDER = (
    "X-Road-Client", "X-Road-Id", "X-Road-UserId", "X-Road-Issue", "X-Road-Represented-Party",
    "Content-Type", "Accept", "Accept-Encoding", "X-Request-Time", "X-Signature",
)  # fmt: skip


def encoded(*parts: str) -> str:
    """An identifier: its parts as UTF-8, each percent-encoded by itself (PR-REST 4.2)."""
    return "/".join(quote(part, safe="") for part in parts)


def decoded(text: str, most: int) -> tuple[str, ...]:
    """The parts of an identifier, at most *most*. Raises Malformed."""
    parts = tuple(unquote(part, errors="replace") for part in text.split("/"))
    if len(parts) > most or not all(parts):
        raise Malformed("an X-Road identifier has the wrong parts")
    return parts


def request_hash(
    verb: str, path: str, headers: Mapping[str, str], request_id: str, body: bytes
) -> str:
    """``X-Road-Request-Hash``: base64 of SHA-512(SHA-512(headers) + SHA-512(body)); PR-REST 4.3.

    The headers are the message as a security server serializes it: verb, path, then ``name:value``
    in the order they were sent, and last the request id that the server gave.
    """
    kept = [f"{n}:{v}" for n, v in headers.items() if n.lower() not in _OF_THE_LEG]
    lines = (verb, path, *kept, f"x-road-request-id:{request_id}")
    message = _sha512("".join(f"{line}\r\n" for line in lines).encode())
    whole = _sha512(message + _sha512(body)) if body else message
    return base64.b64encode(whole).decode()


@dataclass(frozen=True, slots=True)
class XRoad:
    """Asks as *client*: ``INSTANCE/CLASS/MEMBER/SUBSYSTEM``, its parts percent-encoded.

    A dataset is the service of its code, of the subsystem ``shared`` of its provider.
    """

    client: str
    key: bytes = field(repr=False)

    def question(self, query: Query, at: datetime) -> Signed:
        body, time = protocol.body(query), at.isoformat(timespec="seconds")
        kind, _, code = query.party.partition(":")
        headers = {
            "X-Road-Client": self.client,
            "X-Road-Id": query.call,
            "X-Road-UserId": f"{COUNTRY}{quote(query.actor, safe='')}",
            "X-Road-Issue": quote(query.case, safe=""),
            "X-Road-Represented-Party": encoded(kind.upper(), code),
            **dialects.JSON,
            "X-Request-Time": time,
            "X-Signature": dialects.signature(self.key, query.dataset, time, body),
        }
        path = f"/{VERSION}/{self._service(query.dataset)}"
        ordered = {name: headers[name] for name in ORDER if name in headers}
        return Signed(query.dataset, path, body, ordered)

    def heard(self, sent: Signed, reply: Reply) -> str:
        """The answer, once id, service and hash prove that it is to what was sent."""
        told = reply.headers
        if fault := told.get("x-road-error", ""):
            raise Malformed(f"X-Road says {fault[:100]}")
        dialects.refused(reply)
        if told.get("x-road-id") != sent.headers["X-Road-Id"]:
            raise Malformed("the answer has another X-Road-Id")
        if told.get("x-road-service") != self._service(sent.dataset):
            raise Malformed("the answer is from another X-Road service")
        made = request_hash(
            "POST", sent.path, sent.headers, told.get("x-road-request-id", ""), sent.body
        )
        if not dialects.same(made, told.get("x-road-request-hash", "")):
            raise Malformed("the X-Road request hash does not hold")
        return dialects.text_of(reply)

    def _service(self, dataset: str) -> str:
        instance = self.client.partition("/")[0]
        offered = DATASETS.get(dataset)
        provider = offered.provider if offered else "UNKNOWN"
        return f"{instance}/{encoded(GOVERNMENT, provider, SUBSYSTEM, dataset)}"


def read(service: str, headers: Mapping[str, str], body: bytes, keys: Keys, now: datetime) -> Asked:
    """The question to *service* behind X-Road's headers. Raises Malformed.

    Id, case, actor and party must be the same outside and inside: what the security servers log is
    what was asked.
    """
    *_, subsystem = decoded(headers.get("X-Road-Client", ""), 4)
    key, time = dialects.known(keys, subsystem), headers.get("X-Request-Time", "")
    *_, code = decoded(service, 5)
    expected = dialects.signature(key, code, time, body)
    if not dialects.same(expected, headers.get("X-Signature", "")):
        raise Malformed("the signature does not hold")
    asked = protocol.asked(body, subsystem, protocol.moment(time), now)
    told = asked.request
    query = Query(
        told.call, told.dataset, told.subject, tuple(told.fields), told.purpose, told.item,
        told.case, told.actor, told.party,
    )  # fmt: skip
    due = XRoad(headers["X-Road-Client"], key).question(query, asked.at)
    if due.path != f"/{VERSION}/{service}":
        raise Malformed("path and body name different services")
    for name in ORDER[1:5]:
        if headers.get(name) != due.headers[name]:
            raise Malformed(f"{name} and body say different things")
    return asked


def marks(service: str, headers: Mapping[str, str], request_id: str, body: bytes) -> dict[str, str]:
    """The headers with which a provider's security server answers."""
    sent = {name: headers[name] for name in ORDER if name in headers}
    made = request_hash("POST", f"/{VERSION}/{service}", sent, request_id, body)
    return {
        "X-Road-Client": headers["X-Road-Client"], "X-Road-Service": service,
        "X-Road-Id": headers["X-Road-Id"], "X-Road-Request-Id": request_id,
        "X-Road-Request-Hash": made,
    }  # fmt: skip


def _sha512(content: bytes) -> bytes:
    return hashlib.sha512(content).digest()
