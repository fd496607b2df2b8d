"""RegistryConnector over HTTP to the data exchange platform or a registry server (真实交换平台)."""

import select
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from http.client import HTTPConnection, HTTPSConnection
from queue import Empty, LifoQueue
from urllib.parse import unquote, urlsplit

from servicehall.registries import fanout, hearing
from servicehall.registries.breakers import Breakers
from servicehall.registries.connector import Answer, Query
from servicehall.registries.dialects import Dialect
from servicehall.registries.fanout import Asker
from servicehall.registries.lines import Line
from servicehall.registries.protocol import Malformed, Reply, Signed

CONNECT_SECONDS, READ_SECONDS = 1.0, 1.5


class Wire:
    """A connection that is kept alive and used by one line after the other."""

    def __init__(self, made: HTTPConnection) -> None:
        self.line: Line | None = None
        self._made = made

    def exchange(self, message: bytes, line: Line, wait: float) -> tuple[Reply, bool]:
        """Send *message*, hear the reply, and whether the wire may be used again.

        A single read takes *wait* seconds at most. Raises OSError, Malformed.
        """
        if self._made.sock is None:
            self._made.connect()
        self._made.sock.settimeout(wait)
        line.attach(self, self._made.sock)
        self._made.sock.sendall(message)
        return hearing.reply(self._made.sock)

    @property
    def is_quiet(self) -> bool:
        """Nothing waits to be read: neither the end of the connection nor what nobody asked for."""
        ready, _, _ = select.select([self._made.sock], [], [], 0)
        return not ready

    def close(self) -> None:
        self._made.close()


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
        self.base, self.host, self.port = parts.path.rstrip("/"), parts.hostname, parts.port
        secure = parts.scheme.endswith("https")
        self.tls = ssl.create_default_context() if secure else None
        self._breakers = breakers or Breakers()
        self._idle: LifoQueue[Wire] = LifoQueue()

    def ask(self, queries: Sequence[Query], at: datetime) -> list[Answer]:
        return fanout.ask(queries, at, self.asker, self._guarded)

    def close(self) -> None:
        """Give the kept-alive connections back."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()

    def _guarded(self, sent: Signed, line: Line) -> Reply:
        """An error, lateness or an answer that says it failed is a failure; a refusal is none."""
        with self._breakers.guard(sent.dataset):
            reply = self._send(sent, line)
            if reply.status >= 500:
                fault = reply.headers.get("x-road-error", "")[:100]
                raise Malformed(f"the registry answered {reply.status} {fault}".rstrip())
        return reply

    def _send(self, sent: Signed, line: Line) -> Reply:
        head = "".join(f"{name}: {text}\r\n" for name, text in sent.headers.items())
        first = f"POST {self.base}{sent.path} HTTP/1.1\r\nHost: {self._made_for}\r\n"
        size = f"Content-Length: {len(sent.body)}\r\n\r\n"
        wire = self._wire()
        try:
            reply, again = wire.exchange(
                f"{first}{head}{size}".encode() + sent.body, line,
                min(READ_SECONDS, self.asker.total),
            )  # fmt: skip
        except BaseException:
            wire.close()  # what is left in the connection must not answer the next question
            raise
        if again:
            self._idle.put(wire)
        else:
            wire.close()
        return reply

    @property
    def _made_for(self) -> str:
        return f"{self.host}:{self.port}" if self.port else self.host

    def _wire(self) -> Wire:
        """One that is idle and still stands, or a new one."""
        with suppress(Empty):
            while True:
                kept = self._idle.get_nowait()
                if kept.is_quiet:
                    return kept
                kept.close()
        patience = min(CONNECT_SECONDS, self.asker.total)
        if self.tls is None:
            return Wire(HTTPConnection(self.host, self.port, timeout=patience))
        return Wire(HTTPSConnection(self.host, self.port, timeout=patience, context=self.tls))
