"""A line is cut from outside, and never a stranger's."""

import socket
import threading

import pytest

from servicehall.registries.lines import Line


class Plug:
    line = None


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def is_open(ours, theirs):
    try:
        theirs.sendall(b"x")
    except BrokenPipeError:
        return False
    return ours.recv(1) == b"x"


def test_cutting_wakes_whoever_waits(pair):
    ours, _ = pair
    line, heard = Line(), []
    line.attach(Plug(), ours)
    reader = threading.Thread(target=lambda: heard.append(ours.recv(1)))
    reader.start()
    line.cut()
    reader.join()
    assert heard == [b""]


def test_a_line_that_was_cut_before_it_began_does_not_begin(pair):
    line = Line()
    line.cut()
    with pytest.raises(TimeoutError):
        line.attach(Plug(), pair[0])
    assert is_open(*pair)


def test_a_connection_that_another_line_uses_now_is_left_alone(pair):
    plug, first, second = Plug(), Line(), Line()
    first.attach(plug, pair[0])
    second.attach(plug, pair[0])
    first.cut()
    assert is_open(*pair)
    second.cut()
    assert not is_open(*pair)


def test_cutting_twice_or_after_closing_does_no_harm(pair):
    line = Line()
    line.attach(Plug(), pair[0])
    line.cut()
    line.cut()
    pair[0].close()
    line.cut()
