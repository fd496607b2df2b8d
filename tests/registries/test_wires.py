"""Wires: kept while they stand, given to the next, never one that misbehaved."""

import gc
import socket
import ssl
import threading

import pytest

from servicehall.registries.wires import Wires


@pytest.fixture
def server():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
def wires(server):
    made = Wires("127.0.0.1", server.getsockname()[1], None, 5.0)
    yield made
    made.close()


def test_a_new_one_reaches_the_registry(server, wires):
    with wires.made() as ours, server.accept()[0] as theirs:
        ours.sendall(b"x")
        assert theirs.recv(1) == b"x"


def test_the_one_that_was_kept_is_given_once(server, wires):
    ours = wires.made()
    assert wires.idle() is None
    wires.keep(ours)
    assert wires.idle() is ours
    assert wires.idle() is None
    ours.close()


def test_one_that_was_hung_up_or_said_what_nobody_asked_is_closed(server, wires):
    for act in (lambda theirs: theirs.shutdown(socket.SHUT_WR), lambda theirs: theirs.send(b"?")):
        ours = wires.made()
        theirs, _ = server.accept()
        with theirs:
            act(theirs)
            ours.recv(1, socket.MSG_PEEK)  # until it has come
            wires.keep(ours)
            assert wires.idle() is None
            assert ours.fileno() == -1


def test_no_socket_is_left_where_tls_fails(server):
    """The other side speaks no TLS; a socket left open would be a warning, and so a failure."""
    secure = Wires("127.0.0.1", server.getsockname()[1], ssl.create_default_context(), 5.0)

    def babble():
        with server.accept()[0] as theirs:
            theirs.sendall(b"no TLS here, none at all")
            theirs.recv(9999)

    other = threading.Thread(target=babble)
    other.start()
    with pytest.raises(ssl.SSLError):
        secure.made()
    other.join()
    gc.collect()
