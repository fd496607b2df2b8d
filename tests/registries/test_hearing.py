"""A reply is heard whole, in whatever pieces it comes, or it is none."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.registries.hearing import Hearing
from servicehall.registries.protocol import Malformed, Reply

HEAD = b"HTTP/1.1 200 OK\r\nX-Road-Id: 7\r\n"


def heard(*pieces, ends=True):
    """What is made of the *pieces*; the other side then closes."""
    here, there = socket.socketpair()
    with here, there:
        for piece in pieces:
            there.sendall(piece)
        if ends:
            there.shutdown(socket.SHUT_WR)
        hearing = Hearing()
        while not hearing.is_whole:
            hearing.more(here)
        return hearing.reply, hearing.again


def test_a_reply_with_its_length():
    reply, again = heard(HEAD + b"Content-Length: 4\r\n\r\nbody", ends=False)
    assert reply == Reply(200, {"x-road-id": "7", "content-length": "4"}, b"body")
    assert again


def test_a_reply_in_chunks():
    chunks = b"Transfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n"
    assert heard(HEAD + chunks)[0].body == b"body"


def test_who_says_close_is_not_asked_again():
    assert heard(HEAD + b"Connection: close\r\nContent-Length: 0\r\n\r\n")[1] is False


@given(st.integers(1, 60))
def test_it_does_not_matter_where_it_is_cut_into_pieces(at):
    whole = HEAD + b"Content-Length: 11\r\n\r\nhello world"
    assert heard(whole[:at], whole[at:])[0].body == b"hello world"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"", "ended before"),
        (HEAD + b"Content-Length: 9\r\n\r\nbody", "ended before"),
        (HEAD + b"\r\nbody", "ended before"),  # without a length nobody knows whether it is whole
        (HEAD + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nbody!", "no HTTP"),
        (HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "no HTTP"),
        (b"HTTP/1.1 200 OK\nX: y\r\n\r\n", "no HTTP"),
        (b"\x16\x03\x01 something else", "no HTTP"),
        (HEAD + b"Content-Length: 2\r\n\r\nok" + HEAD + b"Content-Length: 2\r\n\r\nno", "no HTTP"),
        (HEAD + b"X: " + b"y" * 200_000 + b"\r\n\r\n", "too large"),
    ],
)
def test_what_is_no_whole_reply_is_refused(said, why):
    with pytest.raises(Malformed, match=why):
        heard(said)
