"""Hearing (听取应答): one HTTP reply read from a socket, whole, or refused."""

import socket

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from servicehall.registries.protocol import MOST_BYTES, Malformed, Reply

_PIECE = 65536
_MOST_HEAD = 65536  # bytes of the head of a reply; ours have some hundred


class _Heard:
    """What llhttp tells of the reply as it is read."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.body = bytearray()
        self.is_whole = self.in_body = self.again = False
        self.parser = HttpResponseParser(self)

    def on_message_begin(self) -> None:
        if self.is_whole:
            raise Malformed("more was said than the answer")

    def on_header(self, name: bytes, text: bytes) -> None:
        self.headers[name.decode("latin1").lower()] = text.decode("latin1")

    def on_headers_complete(self) -> None:
        self.in_body = True
        self.again = self.parser.should_keep_alive()  # known only here

    def on_body(self, piece: bytes) -> None:
        self.body += piece

    def on_message_complete(self) -> None:
        self.is_whole = True


def reply(wire: socket.socket) -> tuple[Reply, bool]:
    """The reply that comes over *wire*, and whether the wire may be used again (RFC 9112).

    It must say how long it is (a length, or chunks): what ends with the connection may have been
    cut. Raises Malformed for what is no HTTP, has no end, or is larger than ``MOST_BYTES``; OSError
    where the wire fails.
    """
    heard = _Heard()
    head = 0
    while not heard.is_whole:
        piece = wire.recv(_PIECE)
        if not piece:
            raise Malformed("the connection ended before the answer did")
        _feed(heard.parser, piece)
        head += 0 if heard.in_body else len(piece)
        if len(heard.body) > MOST_BYTES or head > _MOST_HEAD:
            raise Malformed("the answer is too large")
    return Reply(heard.parser.get_status_code(), heard.headers, bytes(heard.body)), heard.again


def _feed(parser: HttpResponseParser, piece: bytes) -> None:
    try:
        parser.feed_data(piece)
    except (HttpParserError, HttpParserUpgrade) as error:
        raise Malformed(f"the answer is no HTTP: {type(error).__name__}") from None
