"""Servers on a loopback port of their own: the real registry service, and one that misbehaves."""

import gzip
import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import rfc8785
from werkzeug.serving import WSGIRequestHandler, make_server

from servicehall.city import holdings
from servicehall.factory import create_registry
from servicehall.registries import protocol
from servicehall.registries.protocol import Request, Signed
from tests.builders import NOON, StillClock

REQUESTER, KEY = "hall", b"0123456789abcdef0123456789abcdef"


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept alive

    def log(self, *_: object) -> None:
        pass


def service(key: bytes = KEY) -> Any:
    """The registry service of the demo city as a WSGI application."""
    return create_registry({REQUESTER: key}, StillClock(), holdings.records)


@contextmanager
def real_registry() -> Iterator[str]:
    """The service behind a real socket; gives the connector's URL."""
    server = make_server("127.0.0.1", 0, service(), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield url(server.server_port)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def url(port: int) -> str:
    return f"http://{REQUESTER}:{KEY.decode()}@127.0.0.1:{port}"


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

    def send_signed(self, body: bytes, call: str, *, headers: str = "") -> None:
        mark = protocol._signature(KEY, "ANSWER", call, "", body)
        self.send(body, headers=f"X-Signature: {mark}\r\n{headers}")

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


def signed(asked: Request, sent: bytes, records: list[dict[str, str]]) -> Signed:
    """What an honest registry would answer."""
    return protocol.response(asked, records, request_hash=protocol.digest(sent), key=KEY, at=NOON)


def honest(talk: Conversation, asked: Request) -> None:
    answer = signed(asked, talk.body, [dict.fromkeys(asked.fields, "好")])
    talk.send_signed(answer.body, asked.call)


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
    talk.send_signed(b"\x80{not json", asked.call)


def sign_strangely(talk: Conversation, _: Request) -> None:
    talk.send(b"{}", headers="X-Signature: \xfc\xff\xe9\r\n")


def other_shape(talk: Conversation, asked: Request) -> None:
    talk.send_signed(rfc8785.dumps({"rows": []}), asked.call)


def deep(talk: Conversation, asked: Request) -> None:
    talk.send_signed(b"[" * 200_000, asked.call)


def numbers(talk: Conversation, asked: Request) -> None:
    whole = json.loads(signed(asked, talk.body, []).body)
    whole["records"] = [dict.fromkeys(asked.fields, 1)]
    talk.send_signed(rfc8785.dumps(whole), asked.call)


def overflow(talk: Conversation, asked: Request) -> None:
    talk.send_signed(b" " * (protocol.MOST_BYTES + 1), asked.call)


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
    whole = json.loads(signed(asked, talk.body, []).body)
    whole["subject"] = "990102198506150019"
    talk.send_signed(rfc8785.dumps(whole), asked.call)


def other_call(talk: Conversation, asked: Request) -> None:
    whole = json.loads(signed(asked, talk.body, []).body)
    whole["call"] = "another-call"
    talk.send_signed(rfc8785.dumps(whole), asked.call)


def other_request(talk: Conversation, asked: Request) -> None:
    answer = signed(asked, b"something else", [])
    talk.send_signed(answer.body, asked.call)


def poison(talk: Conversation, asked: Request) -> None:
    bad = "王\u202e小明\x00"
    answer = signed(asked, talk.body, [dict.fromkeys(asked.fields, bad)])
    talk.send_signed(answer.body, asked.call)


def cut_short(talk: Conversation, asked: Request) -> None:
    talk.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")


MISCHIEF = (
    hang, drip_head, drip_body, drip_chunks, hang_up, fail, babble, garble, sign_strangely,
    other_shape, deep, numbers, overflow, overflow_without_end, bomb, redirect, other_person,
    other_call, other_request, poison, cut_short,
)  # fmt: skip
