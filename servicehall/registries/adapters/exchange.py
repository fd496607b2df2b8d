"""RegistryConnector over HTTP to the data exchange platform or a registry server (真实交换平台)."""

import ssl
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from urllib.parse import unquote, urlsplit

from servicehall.registries import fanout, talking
from servicehall.registries.breakers import Breakers, Resting
from servicehall.registries.connector import Answer, Query
from servicehall.registries.dialects import Dialect
from servicehall.registries.fanout import Asker, Said
from servicehall.registries.protocol import Malformed, Signed
from servicehall.registries.wires import Wires

CONNECT_SECONDS, READ_SECONDS = 1.0, 1.5


class ExchangeConnector:
    """Asks ``https://requester:key@host/base`` over kept-alive connections, in *dialect*.

    The scheme may name the dialect before a plus (``xroad+https``). 1 s to connect, 1.5 s of silence,
    *total* seconds in all; no redirect, no retry, no compressed answer, at most 1 MiB. A dataset that
    keeps failing rests for a while (*breakers*). Answers are believed that are signed under
    *anchors*. Raises ValueError for a URL that is none of that form.
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
        self.base = parts.path.rstrip("/")
        secure = parts.scheme.endswith("https")
        tls = ssl.create_default_context() if secure else None
        port = parts.port or (443 if secure else 80)
        self.wires = Wires(parts.hostname, port, tls, min(CONNECT_SECONDS, total))
        named = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
        self._host = f"Host: {named}\r\n"
        self._breakers = breakers or Breakers()

    def ask(self, queries: Sequence[Query], at: datetime) -> list[Answer]:
        return fanout.ask(queries, at, self.asker, self._exchange)

    def close(self) -> None:
        """Give the kept-alive connections back."""
        self.wires.close()

    def _exchange(self, sent: Sequence[Signed], total: float) -> Iterator[tuple[int, Said]]:
        """An error, lateness or an answer that says it failed is a failure; a refusal is none."""
        messages = {}
        for place, one in enumerate(sent):
            try:
                self._breakers.ask(one.dataset)
            except Resting as error:
                yield place, error
            else:
                messages[place] = self._message(one)
        unheard = set(messages)
        try:
            silence = min(READ_SECONDS, total)
            for place, said in talking.exchange(self.wires, messages, total, silence):
                unheard.remove(place)
                failure = _failure(said)
                self._breakers.told(sent[place].dataset, failure)
                yield place, failure or said
        finally:
            for place in unheard:
                self._breakers.told(sent[place].dataset, TimeoutError())

    def _message(self, sent: Signed) -> bytes:
        head = "".join(f"{name}: {text}\r\n" for name, text in sent.headers.items())
        first = f"POST {self.base}{sent.path} HTTP/1.1\r\n{self._host}"
        return f"{first}{head}Content-Length: {len(sent.body)}\r\n\r\n".encode() + sent.body


def _failure(said: Said) -> BaseException | None:
    if isinstance(said, BaseException):
        return said
    if said.status >= 500:
        fault = said.headers.get("x-road-error", "")[:100]
        return Malformed(f"the registry answered {said.status} {fault}".rstrip())
    return None
