"""RegistryConnector over HTTP to the data exchange platform or a registry server (真实交换平台)."""

import time
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import unquote, urlsplit

from urllib3 import BaseHTTPResponse, PoolManager, Timeout

from servicehall.registries import fanout
from servicehall.registries.connector import Answer, Query
from servicehall.registries.protocol import MOST_BYTES, Malformed, Signed


class ExchangeConnector:
    """Asks ``https://requester:key@host/base`` over kept-alive connections.

    1 s to connect, 1.5 s to read, no redirect, no retry, no compressed answer, at most 1 MiB.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if not (parts.username and parts.password and parts.hostname):
            raise ValueError("the registry URL must be https://requester:key@host")
        self.requester = unquote(parts.username)
        self.key = unquote(parts.password).encode()
        port = f":{parts.port}" if parts.port else ""
        self._base = f"{parts.scheme}://{parts.hostname}{port}{parts.path.rstrip('/')}"
        self._http = PoolManager(
            num_pools=8, maxsize=fanout.WORKERS, timeout=Timeout(connect=1.0, read=1.5),
            retries=False,
        )  # fmt: skip

    def ask(self, queries: Sequence[Query], at: datetime) -> list[Answer]:
        return fanout.ask(queries, at, self, self._send)

    def _send(self, sent: Signed) -> tuple[int, bytes, str]:
        response = self._http.request(
            "POST", self._base + sent.path, body=sent.body, redirect=False, preload_content=False,
            headers={**sent.headers, "Accept-Encoding": "identity"},
        )  # fmt: skip
        try:
            body = _within(response, time.monotonic() + fanout.TOTAL_SECONDS)
        finally:
            response.release_conn()
        return response.status, body, response.headers.get("X-Signature", "")


def _within(response: BaseHTTPResponse, last: float) -> bytes:
    """The body, unless it is too large or comes in drops until after *last*."""
    body = b""
    for part in response.stream(65536, decode_content=False):
        body += part
        if len(body) > MOST_BYTES or time.monotonic() > last:
            response.close()
            raise Malformed("the answer is too large or too slow")
    return body
