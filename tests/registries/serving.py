"""Servers on a loopback port of their own: the real registry service, and one that misbehaves."""

import gzip
import json
import socketserver
import ssl
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import rfc8785
from werkzeug.serving import WSGIRequestHandler, make_server

from servicehall.city import holdings
from servicehall.factory import create_registry
from servicehall.registries import protocol
from servicehall.registries.adapters.exchange import ExchangeConnector
from servicehall.registries.dialects import National, Own
from servicehall.registries.protocol import Request
from servicehall.registries.xroad import XRoad
from servicehall.sharing.datasets import DATASETS
from servicehall.signing import jws
from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.signer import Issuer
from tests.builders import NOON, StillClock

REQUESTER, KEY = "hall", b"0123456789abcdef0123456789abcdef"
CLIENT = "DEMO/GOV/11990101000000019X/hall"
DIALECTS = {"http": Own, "https": Own, "national+http": National, "xroad+http": XRoad}


@cache
def signer() -> SoftwareSigner:
    """The departments' keys, made once; answers of the test servers are signed with them."""
    return SoftwareSigner(Path(mkdtemp(prefix="hall-departments-")), b"s" * 32, StillClock())


def anchors() -> tuple[bytes, ...]:
    return signer().anchors()


def seal(dataset: str, body: bytes) -> str:
    """*body* signed by the department that answers for *dataset*."""
    issuer = Issuer(DATASETS[dataset].provider, "示范部门")
    return jws.seal(signer(), issuer, body, typ=protocol.TYP, now=NOON)


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept alive

    def log(self, *_: object) -> None:
        pass

    def make_environ(self) -> dict[str, Any]:
        """With the headers whose names hold underscores, which the national gateway's do."""
        environ = super().make_environ()
        named = {k: v for k, v in self.headers.items() if "_" in k}
        return {**environ, **{f"HTTP_{k.upper()}": v for k, v in named.items()}}


def service(key: bytes = KEY) -> Any:
    """The registry service of the demo city as a WSGI application."""
    return create_registry({REQUESTER: key}, StillClock(), holdings.records, signer())


@contextmanager
def real_registry(context: ssl.SSLContext | None = None) -> Iterator[int]:
    """The service behind a real socket; gives its port."""
    server = make_server(
        "127.0.0.1", 0, service(), threaded=True, request_handler=Quiet, ssl_context=context
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def url(port: int, scheme: str = "http") -> str:
    who = CLIENT.replace("/", "%2F") if scheme.startswith("xroad") else REQUESTER
    return f"{scheme}://{who}:{KEY.decode()}@127.0.0.1:{port}"


def connector(port: int, scheme: str = "http", **options: Any) -> ExchangeConnector:
    """Asks the server on *port* in the dialect of *scheme*."""
    return ExchangeConnector(url(port, scheme), DIALECTS[scheme], anchors, **options)


class Misbehaving(socketserver.ThreadingTCPServer):
    """Does to each dataset what ``acts`` says; ``gone`` is set when a client has left early."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.acts: dict[str, Callable[[Conversation, Request], None]] = {}
        self.stop, self.gone = threading.Event(), threading.Event()


class Conversation(socketserver.StreamRequestHandler):
    server: Misbehaving

    def handle(self) -> None:
        path = self.rfile.readline().split()[1].decode()
        length = 0
        while (line := self.rfile.readline().strip()) != b"":
            name, _, text = line.partition(b":")
            length = int(text) if name.lower() == b"content-length" else length
        self.body = self.rfile.read(length)
        asked = Request.model_validate(json.loads(self.body))
        try:
            self.server.acts[path.removeprefix("/r1/")](self, asked)
        except OSError:
            self.server.gone.set()

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:
            self.server.gone.set()

    def send(self, body: bytes, *, status: str = "200 OK", headers: str = "") -> None:
        head = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n{headers}"
        self.wfile.write(head.encode("latin1") + b"\r\n" + body)

    def send_signed(self, body: bytes, dataset: str, *, headers: str = "") -> None:
        self.send(seal(dataset, body).encode(), headers=headers)

    def drip(self, text: bytes) -> None:
        while not self.server.stop.wait(0.02):
            self.wfile.write(text)


@contextmanager
def misbehaving() -> Iterator[Misbehaving]:
    server = Misbehaving()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


def signed(asked: Request, sent: bytes, records: list[dict[str, str]]) -> bytes:
    """What an honest registry would answer."""
    return protocol.response(asked, records, request_hash=protocol.digest(sent), at=NOON)


def honest(talk: Conversation, asked: Request) -> None:
    answer = signed(asked, talk.body, [dict.fromkeys(asked.fields, "好")])
    talk.send_signed(answer, asked.dataset)


def hang(talk: Conversation, _: Request) -> None:
    talk.server.stop.wait()


def drip_head(talk: Conversation, _: Request) -> None:
    talk.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    talk.drip(b"z")


def drip_body(talk: Conversation, _: Request) -> None:
    talk.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    talk.drip(b" ")


def drip_chunks(talk: Conversation, _: Request) -> None:
    talk.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    talk.drip(b"1\r\nz\r\n")


def hang_up(_: Conversation, __: Request) -> None:
    """Closes without a word."""


def fail(talk: Conversation, _: Request) -> None:
    talk.send(b"<h1>Internal Server Error</h1>", status="500 Oops")


def babble(talk: Conversation, _: Request) -> None:
    talk.wfile.write(b"\x00\xff\xfe not http at all\r\n\r\n")


def garble(talk: Conversation, asked: Request) -> None:
    talk.send_signed(b"\x80{not json", asked.dataset)


def sign_strangely(talk: Conversation, asked: Request) -> None:
    head, said, _ = seal(asked.dataset, signed(asked, talk.body, [])).split(".")
    talk.send(f"{head}.{said}.{urlsafe_b64encode(b'x' * 64).decode().rstrip('=')}".encode())


def sign_not(talk: Conversation, asked: Request) -> None:
    talk.send(signed(asked, talk.body, []))


def sign_for_another(talk: Conversation, asked: Request) -> None:
    """A department vouches for what another one answers for."""
    talk.send_signed(signed(asked, talk.body, []), "education.degree")


def other_shape(talk: Conversation, asked: Request) -> None:
    talk.send_signed(rfc8785.dumps({"rows": []}), asked.dataset)


def deep(talk: Conversation, asked: Request) -> None:
    talk.send_signed(b"[" * 200_000, asked.dataset)


def numbers(talk: Conversation, asked: Request) -> None:
    whole = json.loads(signed(asked, talk.body, []))
    whole["records"] = [dict.fromkeys(asked.fields, 1)]
    talk.send_signed(rfc8785.dumps(whole), asked.dataset)


def overflow(talk: Conversation, asked: Request) -> None:
    talk.send_signed(b" " * (protocol.MOST_BYTES + 1), asked.dataset)


def overflow_without_end(talk: Conversation, _: Request) -> None:
    talk.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    block = b"10000\r\n" + b"z" * 0x10000 + b"\r\n"
    while not talk.server.stop.is_set():
        talk.wfile.write(block)


def bomb(talk: Conversation, asked: Request) -> None:
    packed = gzip.compress(b"[" + b" " * 50_000_000 + b"]", 1)
    talk.send_signed(packed, asked.call, headers="Content-Encoding: gzip\r\n")


def redirect(talk: Conversation, asked: Request) -> None:
    port = talk.server.server_address[1]
    talk.send(b"", status="307 Elsewhere", headers=f"Location: http://127.0.0.1:{port}/r1/ok\r\n")


def other_person(talk: Conversation, asked: Request) -> None:
    whole = json.loads(signed(asked, talk.body, []))
    whole["subject"] = "990102198506150019"
    talk.send_signed(rfc8785.dumps(whole), asked.dataset)


def other_call(talk: Conversation, asked: Request) -> None:
    whole = json.loads(signed(asked, talk.body, []))
    whole["call"] = "another-call"
    talk.send_signed(rfc8785.dumps(whole), asked.dataset)


def other_request(talk: Conversation, asked: Request) -> None:
    answer = signed(asked, b"something else", [])
    talk.send_signed(answer, asked.dataset)


def poison(talk: Conversation, asked: Request) -> None:
    bad = "王\u202e小明\x00"
    answer = signed(asked, talk.body, [dict.fromkeys(asked.fields, bad)])
    talk.send_signed(answer, asked.dataset)


def cut_short(talk: Conversation, asked: Request) -> None:
    talk.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")


MISCHIEF = (
    hang, drip_head, drip_body, drip_chunks, hang_up, fail, babble, garble, sign_strangely,
    sign_not, sign_for_another,
    other_shape, deep, numbers, overflow, overflow_without_end, bomb, redirect, other_person,
    other_call, other_request, poison, cut_short,
)  # fmt: skip
