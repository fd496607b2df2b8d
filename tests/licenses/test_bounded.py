"""A file that hangs, eats memory or kills its reader ends one process, nothing else."""

import sys
import threading

import pytest

from servicehall.licenses.bounded import Examiners


def running(program, seconds=5.0):
    return Examiners((sys.executable, "-c", program), seconds)


@pytest.fixture
def examiners():
    made = Examiners()
    yield made
    made.close()


def test_answers_and_keeps_one_ready(examiners):
    for content in (b"%PDF-1.7", b"%PDF-1.7"):
        assert examiners.ask(content) == {"pdf": {"refused": "damaged"}}


@pytest.mark.parametrize(
    "program",
    [
        "import sys; sys.exit(3)",
        "import os; os.abort()",
        "print('no JSON')",
        "import sys; sys.stdin.buffer.read(); print('[1')",
    ],
)
def test_one_that_breaks_finds_nothing(program):
    examiners = running(program)
    assert examiners.ask(b"x" * 100_000) == {}
    examiners.close()


def test_one_that_hangs_is_ended():
    examiners = running("import time; time.sleep(600)", seconds=0.2)
    assert examiners.ask(b"x") == {}
    examiners.close()


def test_a_dead_one_is_replaced(examiners):
    examiners.prepare()
    examiners._ready.kill()
    examiners._ready.wait()
    assert examiners.ask(b"%PDF-1.7") == {"pdf": {"refused": "damaged"}}


def test_many_at_once(examiners):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(examiners.ask(b"%PDF-1.7"))) for _ in range(4)
    ]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert found == [{"pdf": {"refused": "damaged"}}] * 4
