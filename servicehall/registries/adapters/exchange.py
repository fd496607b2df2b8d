"""RegistryConnector over HTTP to the data exchange platform or a registry server (真实交换平台)."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from datetime import datetime
from urllib.parse import unquote, urlsplit

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection

from servicehall.registries import fanout
from servicehall.registries.breakers import Breakers
from servicehall.registries.connector import Answer, Query
from servicehall.registries.dialects import Dialect
from servicehall.registries.fanout import Asker
from servicehall.registries.lines import Line
from servicehall.registries.protocol import MOST_BYTES, Malformed, Reply, Signed

CONNECT_SECONDS, READ_SECONDS = 1.0, 1.5
_line: ContextVar[Line] = ContextVar("line")


class _Plain(HTTPConnection):
    line: Line | None = None

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        _line.get().attach(self, self.sock)
        return super().getresponse()


class _Secure(HTTPSConnection):
    line: Line | None = None

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        _line.get().attach(self, self.sock)
        return super().getresponse()


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class ExchangeConnector:
    """Asks ``https://requester:key@host/base`` over kept-alive connections, in *dialect*.

    The scheme may name the dialect before a plus (``xroad+https``). 1 s to connect, 1.5 s for a
    single read, *total* seconds in all; no redirect, no retry, no compressed answer, at most 1 MiB.
    A dataset that keeps failing rests for a while (*breakers*). Answers are believed that are signed
    under *anchors*. Raises ValueError for a URL that is none of that form.
    """

    def __init__(
        self, url: str, dialect: Callable[[str, bytes], Dialect],
        anchors: Callable[[], tuple[bytes, ...]], *,
        total: float = fanout.TOTAL_SECONDS, breakers: Breakers | None = None,
    ) -> None:  # fmt: skip
        parts = urlsplit(url)
        if not (parts.username and parts.password and parts.hostname):
            raise ValueError("the registry URL must be https://requester:key@host")
        speaks = dialect(unquote(parts.username), unquote(parts.password).encode())
        self.asker = Asker(speaks, anchors, total)
        self._breakers = breakers or Breakers()
        self._base = parts.path.rstrip("/")
        kind = _SecurePool if parts.scheme.endswith("https") else _PlainPool
        self._http = kind(
            parts.hostname, parts.port, maxsize=fanout.WORKERS, retries=False,
            timeout=Timeout(
                connect=min(CONNECT_SECONDS, total), read=min(READ_SECONDS, total)
            ),
        )  # fmt: skip

    def ask(self, queries: Sequence[Query], at: datetime) -> list[Answer]:
        return fanout.ask(queries, at, self.asker, self._guarded)

    def close(self) -> None:
        """Give the kept-alive connections back."""
        self._http.close()

    def _guarded(self, sent: Signed, line: Line) -> Reply:
        """An error, lateness or an answer that says it failed is a failure; a refusal is none."""
        with self._breakers.guard(sent.dataset):
            reply = self._send(sent, line)
            if reply.status >= 500:
                fault = reply.headers.get("x-road-error", "")[:100]
                raise Malformed(f"the registry answered {reply.status} {fault}".rstrip())
        return reply

    def _send(self, sent: Signed, line: Line) -> Reply:
        _line.set(line)
        response = self._http.request(
            "POST", self._base + sent.path, body=sent.body, redirect=False, preload_content=False,
            headers=sent.headers,
        )  # fmt: skip
        try:
            body = _whole(response)
        except BaseException:
            response.close()  # what is left in the connection must not answer the next question
            raise
        response.release_conn()
        headers = {name.lower(): text for name, text in response.headers.items()}
        return Reply(response.status, headers, body)


def _whole(response: BaseHTTPResponse) -> bytes:
    """The body as it was sent. Raises Malformed where it is too large."""
    body = bytearray()
    for part in response.stream(65536, decode_content=False):
        body += part
        if len(body) > MOST_BYTES:
            raise Malformed("the answer is too large")
    return bytes(body)
