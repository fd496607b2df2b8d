"""Talking: many questions over many wires, heard in whatever order, in one thread."""

import socket
import ssl
import threading
from contextlib import suppress

import pytest

from servicehall.registries import talking
from servicehall.registries.protocol import Malformed, Reply
from servicehall.registries.wires import Wires

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"


class Server:
    """A registry on a loopback port, in the clear or over TLS."""

    def __init__(self, listening, context):
        self.listening, self.context = listening, context

    def accept(self):
        wire, _ = self.listening.accept()
        return self.context.wrap_socket(wire, server_side=True) if self.context else wire


@pytest.fixture(params=["plain", "tls"])
def server(request):
    context = request.getfixturevalue("tls") if request.param == "tls" else None
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        yield Server(listening, context)


@pytest.fixture
def wires(server):
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    port = server.listening.getsockname()[1]
    made = Wires("127.0.0.1", port, anybody if server.context else None, 5.0)
    yield made
    made.close()


def talks(server, wires, messages, act, total=30.0, silence=30.0):
    """Exchange *messages* while the other side does *act* with its connections by what they said."""
    theirs = {}

    def serve():
        while len(theirs) < len(messages):
            wire = server.accept()
            theirs[wire.recv(99)] = wire
        act(theirs)

    other = threading.Thread(target=serve)
    other.start()
    heard = list(talking.exchange(wires, messages, total, silence))
    other.join()
    for wire in theirs.values():
        wire.close()
    return heard


def test_they_are_heard_in_the_order_they_answer(server, wires):
    def act(theirs):
        theirs[b"b"].sendall(OK + b"BB")
        theirs[b"a"].sendall(OK + b"A")  # the rest comes after the others
        theirs[b"c"].sendall(OK + b"CC")
        theirs[b"a"].sendall(b"A")

    heard = dict(talks(server, wires, {7: b"a", 8: b"b", 9: b"c"}, act))
    assert {place: said.body for place, said in heard.items()} == {7: b"AA", 8: b"BB", 9: b"CC"}


def test_wires_are_kept_and_used_by_the_next_questions(server, wires):
    def serve():
        with server.accept() as theirs:
            for _ in range(2):
                theirs.sendall(OK + theirs.recv(99))

    other = threading.Thread(target=serve)
    other.start()
    for said in (b"aa", b"bb"):
        ((_, reply),) = talking.exchange(wires, {0: said}, 30.0, 30.0)
        assert reply.body == said
    other.join()


def test_wires_that_were_hung_up_meanwhile_are_not_used(server, wires):
    def act(theirs):
        for wire in theirs.values():
            wire.sendall(OK + b"ok")

    talks(server, wires, {0: b"a", 1: b"b"}, act)
    assert wires._idle.qsize() == 2
    assert [said.body for _, said in talks(server, wires, {0: b"c"}, act)] == [b"ok"]


def test_a_wire_that_is_not_to_be_used_again_is_closed(server, wires):
    last = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    talks(server, wires, {0: b"a"}, lambda theirs: theirs[b"a"].sendall(last))
    assert wires._idle.empty()


def test_one_that_fails_is_told_and_the_others_are_heard(server, wires):
    def act(theirs):
        theirs[b"bad"].sendall(b"\x00\xff no http at all\r\n\r\n")
        theirs[b"good"].sendall(OK + b"ok")

    heard = dict(talks(server, wires, {0: b"bad", 1: b"good"}, act))
    assert isinstance(heard[0], Malformed)
    assert heard[1] == Reply(200, {"content-length": "2"}, b"ok")
    assert wires._idle.qsize() == 1


def test_who_is_silent_too_long_ends_before_the_whole(server, wires):
    ((place, said),) = talks(server, wires, {0: b"a"}, lambda theirs: None, silence=0.05)
    assert (place, type(said)) == (0, TimeoutError)


def test_who_drips_past_the_whole_time_is_cut(server, wires):
    never = threading.Event()

    def drip(theirs):
        theirs[b"a"].sendall(b"HTTP/1.1 200 OK\r\nX: ")
        with suppress(OSError):  # cut
            while not never.wait(0.01):
                theirs[b"a"].sendall(b"z")

    assert talks(server, wires, {0: b"a"}, drip, total=0.1) == []


def test_nobody_there_is_told(server, wires):
    server.listening.close()
    ((_, said),) = talking.exchange(wires, {0: b"a"}, 5.0, 5.0)
    assert isinstance(said, ConnectionRefusedError)


def test_no_question_no_wait(wires):
    assert list(talking.exchange(wires, {}, 30.0, 30.0)) == []
