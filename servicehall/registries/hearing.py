"""Hearing (听取应答): one HTTP reply read from a socket, whole, or refused."""

import socket

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from servicehall.registries.protocol import MOST_BYTES, Malformed, Reply

_PIECE = 65536
_MOST_HEAD = 65536  # bytes of the head of a reply; ours have some hundred


class Hearing:
    """A reply as it comes, piece by piece (RFC 9112). It must say how long it is (a length, or
    chunks): what ends with the connection may have been cut."""

    def __init__(self) -> None:
        self.is_whole = False
        self.again = False  # whether the wire may be used again
        self._headers: dict[str, str] = {}
        self._body = bytearray()
        self._head, self._in_body = 0, False
        self._parser = HttpResponseParser(self)

    def more(self, wire: socket.socket) -> None:
        """What has come over *wire*, a piece of it. Raises Malformed for what is no HTTP, has no end,
        or is larger than ``MOST_BYTES``; OSError where the wire fails or nothing has come."""
        piece = wire.recv(_PIECE)
        if not piece:
            raise Malformed("the connection ended before the answer did")
        try:
            self._parser.feed_data(piece)
        except (HttpParserError, HttpParserUpgrade) as error:
            raise Malformed(f"the answer is no HTTP: {type(error).__name__}") from None
        self._head += 0 if self._in_body else len(piece)
        if len(self._body) > MOST_BYTES or self._head > _MOST_HEAD:
            raise Malformed("the answer is too large")

    @property
    def reply(self) -> Reply:
        """The reply, once it is whole."""
        return Reply(self._parser.get_status_code(), self._headers, bytes(self._body))

    def on_message_begin(self) -> None:
        if self.is_whole:
            raise Malformed("more was said than the answer")

    def on_header(self, name: bytes, text: bytes) -> None:
        self._headers[name.decode("latin1").lower()] = text.decode("latin1")

    def on_headers_complete(self) -> None:
        self._in_body = True
        self.again = self._parser.should_keep_alive()  # known only here

    def on_body(self, piece: bytes) -> None:
        self._body += piece

    def on_message_complete(self) -> None:
        self.is_whole = True
