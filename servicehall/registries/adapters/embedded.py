"""RegistryConnector to the registry service in this process: the same request, without a socket."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from wsgiref.util import setup_testing_defaults

from servicehall.registries import fanout
from servicehall.registries.connector import Answer, Query
from servicehall.registries.fanout import Asker, Said
from servicehall.registries.protocol import Reply, Signed

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class EmbeddedConnector:
    """Hands each signed request to *service*, a WSGI application, on the shared pool.

    *closing* ends what stands behind it.
    """

    service: Wsgi
    asker: Asker
    closing: Callable[[], None] = field(default=lambda: None, repr=False)

    def close(self) -> None:
        """Close what the service reads from."""
        self.closing()

    def ask(self, queries: Sequence[Query], at: datetime) -> list[Answer]:
        return fanout.ask(queries, at, self.asker, self._exchange)

    def _exchange(self, sent: Sequence[Signed], total: float) -> Iterator[tuple[int, Said]]:
        jobs = {fanout.pool().submit(self._send, one): place for place, one in enumerate(sent)}
        try:
            for job in as_completed(jobs, timeout=total):
                yield jobs[job], job.exception() or job.result()
        except TimeoutError:
            for job in jobs:
                job.cancel()

    def _send(self, sent: Signed) -> Reply:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": sent.path,
            "QUERY_STRING": "",
            "CONTENT_LENGTH": str(len(sent.body)),
            "CONTENT_TYPE": sent.headers["Content-Type"],
            "wsgi.input": io.BytesIO(sent.body),
            **{
                f"HTTP_{k.upper().replace('-', '_')}": v
                for k, v in sent.headers.items()
                if k != "Content-Type"
            },
        }
        setup_testing_defaults(environ)
        heard: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _: object = None) -> None:
            heard.extend((int(status[:3]), {name.lower(): text for name, text in headers}))

        parts = self.service(environ, start)
        try:
            body = b"".join(parts)
        finally:
            if (close := getattr(parts, "close", None)) is not None:
                close()
        return Reply(heard[0], heard[1], body)
